package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.Contract.Operation;
import io.pulso.server.app.Running.Ask;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API does what its contract says, and nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  private static final String PRODUCT =
      """
      name: product
      groups: [{name: use, cap: {max: 4}}]
      activities:
        - {name: logins, match: event == "Login", points: 5, cap: {per_day: 1}, group: use}
        - {name: paid, match: event == "Paid", unit: value, points: 1, decay: {half_life: 7d}}
      """;
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 5}
      """;
  private static final List<String> HOSTILE =
      List.of(
          "' or 1=1 --",
          "\u0000",
          "\uFFFF",
          "😀",
          "x".repeat(3_000),
          "../../etc/passwd",
          "c/d",
          "a\\b",
          "%",
          "{id}",
          "-1",
          "9".repeat(40),
          "\r\nX-Evil: 1",
          "; drop table token",
          "\u202E");

  private @Nullable Running running;
  private Contract contract = new Contract("{}");

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    running = Running.on(folder, Map.of("product", PRODUCT, "companies", COMPANIES));
    contract = new Contract(running().get("/api/v1/openapi.yaml"));
    String key = "a-key-of-my-own";
    String wanted = "{\"source\":\"web\",\"value\":\"%s\"}".formatted(key);
    assertThat(running().post("/api/v1/keys", admin(), wanted).statusCode()).isEqualTo(201);
    String calls =
        """
        {"batch":[
          {"type":"track","userId":"a/b","event":"Login","messageId":"m0","timestamp":"%1$s"},
          {"type":"group","userId":"ann","groupId":"acme","messageId":"g1","timestamp":"%1$s"},
          {"type":"track","userId":"ann","event":"Login","messageId":"m1","timestamp":"%1$s"},
          {"type":"track","userId":"ann","event":"Login","messageId":"m2","timestamp":"%1$s"},
          {"type":"track","userId":"ann","event":"Paid","properties":{"value":8},"messageId":"p1","timestamp":"%1$s"},
          {"type":"track","userId":"ann","event":"Paid","properties":{"value":"8"},"messageId":"p2","timestamp":"%1$s"},
          {"type":"track","event":"Login","timestamp":"%1$s"}]}
        """
            .formatted(Instant.now());
    assertThat(running().post("/v1/batch", key, calls).statusCode()).isEqualTo(200);
    running().until("/api/v1/status", "\"received\":7");
  }

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  private String admin() {
    return running().admin();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// An answer, after it was seen to be as the contract says.
  private HttpResponse<String> asked(Operation operation, Ask ask) throws Exception {
    HttpResponse<String> answer = running().send(ask);
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertThat(contract.faults(operation, answer.statusCode(), type, answer.body()))
        .as("%s %s", ask, answer.body())
        .isEmpty();
    assertThat(answer.statusCode()).as(ask.toString()).isLessThan(500);
    if (answer.statusCode() >= 400) {
      assertThat(type).as(ask.toString()).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"status\":" + answer.statusCode(), "\"detail\":\"");
    }
    return answer;
  }

  private void refused(int status, Operation operation, Ask ask) throws Exception {
    HttpResponse<String> answer = asked(operation, ask);
    assertThat(answer.statusCode()).as("%s %s", ask, answer.body()).isEqualTo(status);
  }

  /// A request that is good but for what the caller changes.
  private Ask good(Operation operation) throws Exception {
    String path = operation.path();
    for (JsonNode parameter : contract.parameters(operation, "path")) {
      path = path.replace("{id}", existing(operation, parameter));
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : contract.parameters(operation, "query")) {
      if (parameter.has("example")) {
        query.add(parameter.path("name").asString() + "=" + parameter.path("example").asString());
      }
    }
    JsonNode body = operation.example();
    return new Ask(
        operation.method(),
        query.isEmpty() ? path : path + "?" + String.join("&", query),
        operation.scope() == null ? "" : admin(),
        body == null ? "" : body.toString());
  }

  private String existing(Operation operation, JsonNode parameter) throws Exception {
    if (operation.path().contains("/keys/")) {
      return made("/api/v1/keys", "{\"source\":\"web\"}");
    }
    return operation.path().contains("/tokens/")
        ? made("/api/v1/tokens", "{\"scope\":\"read\"}")
        : parameter.path("example").asString();
  }

  private String made(String path, String body) throws Exception {
    String json = running().post(path, admin(), body).body();
    return JsonMapper.shared().readTree(json).path("id").asString();
  }

  private static Ask with(Ask ask, String parameter, String value) {
    String path = ask.path().replaceAll("([?&])" + parameter + "=[^&]*", "$1");
    String pair = parameter + "=" + encoded(value);
    return new Ask(
        ask.method(), path + (path.contains("?") ? "&" : "?") + pair, ask.token(), ask.body());
  }

  @Test
  void every_route_is_in_the_contract_and_the_other_way_round() {
    List<String> routes =
        running().addresses().stream()
            .map(at -> at.method() + " " + at.path() + " " + word(at.scope()))
            .toList();
    assertThat(routes)
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(
            contract.operations().stream().map(each -> each + " " + each.scope()).toList());
  }

  private static @Nullable String word(@Nullable Scope scope) {
    return scope == null ? null : scope.word();
  }

  @Test
  void every_example_is_as_its_schema_says() {
    int seen = 0;
    for (Operation operation : contract.operations()) {
      List<JsonNode> contents = new ArrayList<>();
      contents.add(operation.node().at("/requestBody/content/application~1json"));
      operation
          .node()
          .path("responses")
          .forEach(response -> contents.add(response.at("/content/application~1json")));
      for (JsonNode content : contents) {
        if (content.has("example")) {
          seen++;
          String example = content.path("example").toString();
          assertThat(contract.faults(content.path("schema"), example))
              .as("%s %s", operation, example)
              .isEmpty();
        }
      }
    }
    assertThat(seen).isGreaterThan(20);
  }

  @Test
  void good_requests_are_answered_as_the_contract_says() throws Exception {
    for (Operation operation : contract.operations()) {
      Ask ask = good(operation);
      assertThat(asked(operation, ask).statusCode()).as(ask.toString()).isEqualTo(operation.good());
    }
  }

  @Test
  void what_may_be_missing_in_an_answer_is_there_when_it_should_be() throws Exception {
    String why = running().get("/api/v1/customers/ann/explanation?model=product");
    assertThat(why)
        .contains("\"not_countable\":{\"quoted_number\":1}", "\"cause\":\"activity\"")
        .contains("\"score_to\":12", "\"uncounted_day\":1");
    assertThat(running().get("/api/v1/customers/a%2Fb/score?model=product"))
        .contains("\"subject\":\"a/b\"");
    for (Operation operation : contract.operations()) {
      for (JsonNode parameter : contract.parameters(operation, "query")) {
        if (parameter.path("name").asString().equals("from")) {
          asked(operation, with(good(operation), "from", "2020-01-01"));
          asked(operation, with(with(good(operation), "from", "2020-01-01"), "day", "2020-02-01"));
        }
      }
    }
  }

  @Test
  void nothing_is_told_without_a_token_of_the_right_scope() throws Exception {
    for (Operation operation : contract.operations()) {
      String needed = operation.scope();
      if (needed == null) {
        continue;
      }
      Ask ask = good(operation);
      for (String token : List.of("", "nonsense", "tok_", "\u00e9")) {
        if (!token.isEmpty() || !operation.isOpenToSome()) {
          refused(401, operation, new Ask(ask.method(), ask.path(), token, ask.body()));
        }
      }
      for (Scope scope : Scope.values()) {
        if (!scope.allows(Scope.of(needed))) {
          refused(403, operation, new Ask(ask.method(), ask.path(), token(scope), ask.body()));
        }
      }
    }
  }

  private String token(Scope scope) throws Exception {
    String wanted = "{\"scope\":\"%s\"}".formatted(scope.word());
    String json = running().post("/api/v1/tokens", admin(), wanted).body();
    return JsonMapper.shared().readTree(json).path("value").asString();
  }

  @Test
  void unknown_ids_are_not_found() throws Exception {
    for (Operation operation : contract.operations()) {
      if (operation.path().contains("{id}")) {
        Ask ask = good(operation);
        String path = operation.path().replace("{id}", "nobody");
        int query = ask.path().indexOf('?');
        path += query < 0 ? "" : ask.path().substring(query);
        refused(404, operation, new Ask(ask.method(), path, ask.token(), ask.body()));
      }
    }
  }

  @Test
  void wrong_parameters_are_refused() throws Exception {
    int seen = 0;
    for (Operation operation : contract.operations()) {
      for (JsonNode parameter : contract.parameters(operation, "query")) {
        String name = parameter.path("name").asString();
        Ask ask = good(operation);
        for (String wrong : wrong(contract.followed(parameter.path("schema")))) {
          refused(400, operation, with(ask, name, wrong));
          seen++;
        }
        refused(400, operation, twice(ask, name));
      }
    }
    assertThat(seen).isGreaterThan(100);
  }

  private static Ask twice(Ask ask, String name) {
    Ask once = with(ask, name, "1");
    return new Ask(ask.method(), once.path() + "&" + name + "=2", ask.token(), ask.body());
  }

  private static List<String> wrong(JsonNode schema) {
    if (schema.path("type").asString("").equals("integer")) {
      return List.of("x", "0", "-1", "1.5", "2147483648", "0x1", "１");
    }
    if (schema.path("format").asString("").equals("date")) {
      return List.of("yesterday", "2026-02-30", "10000-01-01", "0000-01-01", "-0001-01-01", "1");
    }
    return List.of("nonsense", "../../etc/passwd", "models/product.yaml", " ");
  }

  @Test
  void wrong_bodies_are_refused() throws Exception {
    int seen = 0;
    for (Operation operation : contract.operations()) {
      if (!operation.takesBody()) {
        continue;
      }
      Ask ask = good(operation);
      for (String body :
          List.of("", "{", "[]", "null", "1", "\"x\"", "{}", "{\"x\":1}", "[".repeat(5_000))) {
        refused(400, operation, new Ask(ask.method(), ask.path(), ask.token(), body));
      }
      JsonNode schema =
          contract.followed(operation.node().at("/requestBody/content/application~1json/schema"));
      for (String property : schema.path("properties").propertyNames()) {
        for (String value : List.of("{}", "[[]]", "[1]", "-1", "1e15", "\"\\u0000\"")) {
          String body = changed(operation, property, value);
          Ask changed = new Ask(ask.method(), ask.path(), ask.token(), body);
          if (!contract.faults(schema, body).isEmpty()) {
            refused(400, operation, changed);
            seen++;
          } else {
            asked(operation, changed);
          }
        }
      }
      String large = changed(operation, "name", "\"" + "x".repeat(2_000_000) + "\"");
      refused(413, operation, new Ask(ask.method(), ask.path(), ask.token(), large));
    }
    assertThat(seen).isGreaterThan(30);
  }

  private static String changed(Operation operation, String property, String value) {
    JsonNode body = Objects.requireNonNull(operation.example()).deepCopy();
    return ((tools.jackson.databind.node.ObjectNode) body)
        .set(property, JsonMapper.shared().readTree(value))
        .toString();
  }

  @Test
  void hostile_texts_do_no_harm() throws Exception {
    for (Operation operation : contract.operations()) {
      for (String text : HOSTILE) {
        for (JsonNode parameter : contract.parameters(operation, "query")) {
          asked(operation, with(good(operation), parameter.path("name").asString(), text));
        }
        if (operation.path().contains("{id}")) {
          String path = operation.path().replace("{id}", encoded(text));
          HttpResponse<String> answer =
              running().send(new Ask(operation.method(), path, admin(), ""));
          assertThat(answer.statusCode()).as(path).isBetween(400, 499);
          assertThat(answer.headers().firstValue("Content-Type"))
              .as(path)
              .contains("application/problem+json");
        }
      }
    }
  }
}
