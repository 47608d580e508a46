package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.Contract.Operation;
import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API refuses, it refuses as its contract says.
class ContractRefusalsTest extends ContractWorld {
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

  private void refused(int status, Operation operation, Ask ask) throws Exception {
    HttpResponse<String> answer = asked(operation, ask);
    assertThat(answer.statusCode()).as("%s %s", ask, answer.body()).isEqualTo(status);
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
    if (schema.has("maxLength")) {
      return List.of("x".repeat(schema.path("maxLength").asInt() + 1));
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
        for (String value :
            List.of("{}", "[[]]", "[1]", "-1", "999999999", "1e15", "\"\\u0000\"")) {
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
