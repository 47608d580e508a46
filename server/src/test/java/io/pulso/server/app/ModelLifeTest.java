package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.ModelReader;
import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model over the API, from a draft to a version.
class ModelLifeTest {
  private static final String FIRST =
      "name: product\nactivities:\n- {name: logins, match: event == \"Login\", points: 5}\n";
  private static final String SECOND = FIRST.replace("points: 5", "points: 50");

  @TempDir private Path folder;

  private static String body(String text) {
    return JsonMapper.shared().createObjectNode().put("text", text).toString();
  }

  private static JsonNode ok(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  private Running running() throws Exception {
    Running running = Running.on(folder, Map.of("product", FIRST));
    String key = running.server().key("web");
    String call =
        "{\"userId\":\"ann\",\"event\":\"Login\",\"timestamp\":\"%s\"}".formatted(Instant.now());
    assertThat(running.post("/v1/track", key, call).statusCode()).isEqualTo(200);
    running.until("/api/v1/status", "\"received\":1");
    return running;
  }

  @Test
  void a_draft_is_saved_compared_tried_and_published() throws Exception {
    try (Running running = running()) {
      String admin = running.admin();
      String writer =
          running.server().token("the laptop", io.pulso.server.access.Tokens.Scope.WRITE);
      JsonNode diff = ok(200, running.post("/api/v1/models/diff", admin, body(SECOND)));
      assertThat(diff.path("changes").path(0).path("field").asString()).isEqualTo("points");
      JsonNode whatIf = ok(200, running.post("/api/v1/models/whatif", admin, body(SECOND)));
      assertThat(whatIf.path("up").path(0).path("after").asDouble()).isEqualTo(50);
      ok(201, running.post("/api/v1/models/product/publish", writer, body(FIRST)));
      ok(200, running.send(new Ask("PUT", "/api/v1/models/product/draft", writer, body(SECOND))));
      assertThat(Files.readString(folder.resolve("models/product.yaml"))).isEqualTo(SECOND);
      JsonNode version =
          ok(201, running.post("/api/v1/models/product/publish", writer, body(SECOND)));
      assertThat(version.path("version").asString()).isEqualTo("2");
      assertThat(version.path("author").asString()).isEqualTo("the laptop");
      JsonNode one = JsonMapper.shared().readTree(running.get("/api/v1/models/product"));
      assertThat(one.path("text").asString()).isEqualTo(SECOND);
      assertThat(one.path("publishing").path("state").asString()).isEqualTo("done");
      assertThat(running.get("/api/v1/customers/ann/score"))
          .contains("\"score\":50", "\"version\":\"2\"");
      assertThat(running.get("/api/v1/models"))
          .contains("\"version\":\"2\",\"in_force\":true", "\"version\":\"1\",\"in_force\":false");
    }
  }

  @Test
  void a_new_activity_is_read_from_the_events_before_it_is_published() throws Exception {
    try (Running running = running()) {
      String more = FIRST + "- {name: all, match: type == \"track\", points: 1}\n";
      ok(201, running.post("/api/v1/models/product/publish", running.admin(), body(more)));
      JsonNode one = JsonMapper.shared().readTree(running.get("/api/v1/models/product"));
      assertThat(one.path("publishing").path("parts_read").asInt()).isEqualTo(1);
      assertThat(running.get("/api/v1/customers/ann/score")).contains("\"score\":6");
    }
  }

  @Test
  void a_wrong_draft_is_not_written_and_its_faults_have_lines() throws Exception {
    try (Running running = running()) {
      String wrong = FIRST.replace("points", "pionts");
      HttpResponse<String> refused =
          running.send(
              new Ask("PUT", "/api/v1/models/product/draft", running.admin(), body(wrong)));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("model.yaml:3:");
      assertThat(Files.readString(folder.resolve("models/product.yaml"))).isEqualTo(FIRST);
      JsonNode checked =
          ok(200, running.post("/api/v1/models/check", running.admin(), body(wrong)));
      assertThat(checked.path("faults").path(0).path("line").asInt()).isEqualTo(3);
      assertThat(checked.path("model").isNull()).isTrue();
    }
  }

  @Test
  void a_draft_that_somebody_else_saved_is_not_written_over() throws Exception {
    try (Running running = running()) {
      String mine = draft(SECOND, ModelReader.sha256(FIRST));
      ok(200, running.send(new Ask("PUT", "/api/v1/models/product/draft", running.admin(), mine)));
      String late = draft(FIRST.replace("points: 5", "points: 6"), ModelReader.sha256(FIRST));
      HttpResponse<String> refused =
          running.send(new Ask("PUT", "/api/v1/models/product/draft", running.admin(), late));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("another one by now");
      assertThat(Files.readString(folder.resolve("models/product.yaml"))).isEqualTo(SECOND);
      String first = draft(FIRST.replace("name: product", "name: other"), "");
      ok(200, running.send(new Ask("PUT", "/api/v1/models/other/draft", running.admin(), first)));
      assertThat(
              running
                  .send(new Ask("PUT", "/api/v1/models/other/draft", running.admin(), first))
                  .statusCode())
          .isEqualTo(409);
    }
  }

  private static String draft(String text, String replaces) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("text", text)
        .put("replaces", replaces)
        .toString();
  }

  @Test
  void a_draft_is_written_by_its_name_and_nowhere_else() throws Exception {
    try (Running running = running()) {
      for (String name : new String[] {"..%2f..%2fevil", "%2fetc%2fevil", "other"}) {
        HttpResponse<String> refused =
            running.send(
                new Ask("PUT", "/api/v1/models/" + name + "/draft", running.admin(), body(FIRST)));
        assertThat(refused.statusCode()).as(name).isBetween(400, 404);
      }
      String evil = FIRST.replace("name: product", "name: ../evil");
      HttpResponse<String> refused =
          running.send(
              new Ask("PUT", "/api/v1/models/..%2Fevil/draft", running.admin(), body(evil)));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(folder.resolve("evil.yaml")).doesNotExist();
    }
  }

  @Test
  void a_broken_file_is_told_by_name_and_harms_no_other_model() throws Exception {
    try (Running running = running()) {
      Files.writeString(folder.resolve("models/broken.yaml"), "name: broken\nactivties: []\n");
      assertThat(running.get("/api/v1/customers/ann/score")).contains("\"score\":5");
      assertThat(running.get("/api/v1/customers")).contains("\"score\":5");
      String list = running.get("/api/v1/models");
      assertThat(list)
          .contains("\"file\":\"broken.yaml\"", "activties")
          .doesNotContain(folder.toString());
      String asked = running.get("/api/v1/customers/ann/score?model=broken");
      assertThat(asked).contains("models/broken.yaml:2:").doesNotContain(folder.toString());
      String unknown = running.get("/api/v1/customers/ann/score?version=3");
      assertThat(unknown).contains("'version'").doesNotContain("--");
    }
  }
}
