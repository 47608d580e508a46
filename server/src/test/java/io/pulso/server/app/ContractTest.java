package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.Contract.Operation;
import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The API does what its contract says, and nothing else.
class ContractTest extends ContractWorld {
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
  void the_contract_is_served_with_a_page_that_runs_no_foreign_script() throws Exception {
    for (String path :
        List.of(
            "/api", "/api/", "/api/page.js", "/api/swagger-ui-bundle.js", "/api/swagger-ui.css")) {
      HttpResponse<String> answer = running().send(new Ask("GET", path, "", ""));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).isNotEmpty();
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("script-src 'self';");
    }
  }

  @Test
  void the_contract_is_served_letter_by_letter() throws Exception {
    assertThat(running().get("/api/v1/openapi.yaml")).contains("Bearer tok_…");
    for (JsonNode tag : contract.tags()) {
      assertThat(tag.propertyNames()).containsExactly("name", "description");
    }
  }

  @Test
  void problems_repeat_what_was_asked_letter_by_letter() throws Exception {
    assertThat(running().get("/api/v1/customers?model=%E5%AD%97")).contains("字");
    assertThat(running().post("/v1/track", KEY, "{\"type\":\"字\"}").body()).doesNotContain("?");
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
      if (operation.isEndless()) {
        continue;
      }
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
}
