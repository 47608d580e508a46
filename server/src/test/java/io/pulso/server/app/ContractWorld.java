package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Contract.Operation;
import io.pulso.server.app.Running.Ask;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with something in it, and requests that are held to its contract.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractWorld {
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

  static final String KEY = "a-key-of-my-own";

  private @Nullable Running running;
  private int gone;
  private @Nullable Path folder;
  Contract contract = new Contract("{}");

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    running = Running.on(folder, Map.of("product", PRODUCT, "companies", COMPANIES));
    contract = new Contract(running().get("/api/v1/openapi.yaml"));
    String wanted = "{\"source\":\"web\",\"value\":\"%s\"}".formatted(KEY);
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
    assertThat(running().post("/v1/batch", KEY, calls).statusCode()).isEqualTo(200);
    running().until("/api/v1/status", "\"received\":7");
  }

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  Running running() {
    return Objects.requireNonNull(running);
  }

  String admin() {
    return running().admin();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// An answer, after it was seen to be as the contract says.
  HttpResponse<String> asked(Operation operation, Ask ask) throws Exception {
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
    assertThat(answer.body()).as(ask.toString()).doesNotContain(folder(), "--model", "--output");
    return answer;
  }

  /// Where the workspace lies, which is nobody's business.
  private String folder() {
    return Objects.requireNonNull(folder).toString();
  }

  /// A request that is good but for what the caller changes.
  Ask good(Operation operation) throws Exception {
    String path = operation.path();
    for (JsonNode parameter : contract.parameters(operation, "path")) {
      path =
          path.replace(
              "{" + parameter.path("name").asString() + "}", existing(operation, parameter));
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : contract.parameters(operation, "query")) {
      if (parameter.has("example")) {
        query.add(
            parameter.path("name").asString()
                + "="
                + encoded(parameter.path("example").asString()));
      }
    }
    if (operation.toString().equals("POST /api/v1/undone-links")) {
      link();
    }
    JsonNode body = operation.example();
    return new Ask(
        operation.method(),
        query.isEmpty() ? path : path + "?" + String.join("&", query),
        operation.scope() == null ? "" : admin(),
        body == null ? operation.file() : body.toString());
  }

  private String existing(Operation operation, JsonNode parameter) throws Exception {
    if (operation.toString().equals("DELETE /api/v1/customers/{id}")) {
      // Who is forgotten is not asked for by others.
      String id = "gone" + ++gone;
      String call = "{\"userId\":\"%s\",\"event\":\"Login\"}".formatted(id);
      assertThat(running().post("/v1/track", KEY, call).statusCode()).isEqualTo(200);
      return id;
    }
    if (operation.path().endsWith("/customers/{id}/adjustments")) {
      // The points of others are as they were.
      return "a%2Fb";
    }
    if (operation.path().contains("/keys/")) {
      return made("/api/v1/keys", "{\"source\":\"web\"}");
    }
    if (operation.path().contains("/secrets/")) {
      return made("/api/v1/secrets", "{\"source\":\"web\"}");
    }
    if (operation.path().contains("/readmitted/")) {
      return made("/api/v1/readmitted", "{\"customer\":\"ann\"}");
    }
    if (operation.path().contains("/imports/")) {
      return made("/api/v1/imports", "user_id,event,timestamp\nann,Other,2026-03-31\n");
    }
    if (operation.path().contains("/adjustments/")) {
      return made(
          "/api/v1/customers/a%2Fb/adjustments",
          "{\"model\":\"product\",\"points\":1,\"days\":1,\"reason\":\"x\"}");
    }
    if (operation.path().contains("/undone-links/")) {
      link();
      return made("/api/v1/undone-links", "{\"from\":\"tablet-7\"}");
    }
    if (operation.path().contains("/segments/")) {
      return segment(operation, parameter.path("example").asString());
    }
    if (operation.path().contains("/goals/")) {
      String id = parameter.path("example").asString();
      String body =
          "{\"target\":5,\"until\":\"%s\"}".formatted(LocalDate.now(ZoneOffset.UTC).plusDays(40));
      Ask ask = new Ask("PUT", "/api/v1/goals/" + id, admin(), body);
      assertThat(running().send(ask).statusCode()).isEqualTo(200);
      return id;
    }
    if (operation.path().contains("/dashboards/")) {
      return made("/api/v1/dashboards", "{\"name\":\"Board %d\"}".formatted(++gone));
    }
    if (operation.path().contains("/bulk/")) {
      return made(
          "/api/v1/bulk",
          "{\"kind\":\"customer\",\"account\":\"acme\",\"traits\":{\"seen\":true},\"expected\":1}");
    }
    return operation.path().contains("/tokens/")
        ? made("/api/v1/tokens", "{\"scope\":\"read\"}")
        : parameter.path("example").asString();
  }

  private String segment(Operation operation, String name) throws Exception {
    boolean list = operation.path().endsWith("/list");
    String own = list || operation.method().equals("DELETE") ? name + ++gone : name;
    String rule = list ? "list: true" : "when: score < 40";
    String body = "{\"text\":\"name: %s\\n%s\\n\"}".formatted(own, rule);
    Ask ask = new Ask("PUT", "/api/v1/segments/" + own, admin(), body);
    assertThat(running().send(ask).statusCode()).isEqualTo(200);
    return own;
  }

  /// Links an id whose other links were all undone.
  private void link() throws Exception {
    String to = "owner" + ++gone;
    String call =
        "{\"userId\":\"%s\",\"anonymousId\":\"tablet-7\",\"messageId\":\"%s\"}".formatted(to, to);
    assertThat(running().post("/v1/identify", KEY, call).statusCode()).isEqualTo(200);
  }

  private String made(String path, String body) throws Exception {
    String json = running().post(path, admin(), body).body();
    return JsonMapper.shared().readTree(json).path("id").asString();
  }

  static Ask with(Ask ask, String parameter, String value) {
    String path = ask.path().replaceAll("([?&])" + parameter + "=[^&]*", "$1");
    String pair = parameter + "=" + encoded(value);
    return new Ask(
        ask.method(), path + (path.contains("?") ? "&" : "?") + pair, ask.token(), ask.body());
  }
}
