package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.api.Cost;
import io.pulso.server.api.Turns;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which addresses are heavy, and what becomes of one too many.
@Timeout(60)
class CostTest {
  private static final String MODEL =
      "name: use\nactivities:\n- {name: logins, match: event == \"Login\", points: 5}\n";

  @TempDir private Path folder;

  @Test
  void heavy_reads_are_known_by_their_address_and_what_is_given() {
    assertThat(Cost.of("GET", "/customers", name -> false)).isEqualTo(Cost.READ);
    assertThat(Cost.of("GET", "/customers", name -> name.equals("sort"))).isEqualTo(Cost.READ);
    assertThat(Cost.of("GET", "/customers", name -> name.equals("view"))).isEqualTo(Cost.HEAVY);
    assertThat(Cost.of("GET", "/accounts/{id}", name -> false)).isEqualTo(Cost.HEAVY);
    assertThat(Cost.of("GET", "/api/v1/accounts", "filter"::equals)).isEqualTo(Cost.HEAVY);
    assertThat(Cost.of("POST", "/api/v1/models/whatif", name -> false)).isEqualTo(Cost.HEAVY);
    assertThat(Cost.of("POST", "/customers/views", name -> true)).isEqualTo(Cost.CHANGE);
    assertThat(Cost.of("DELETE", "/api/v1/customers/{id}", name -> true)).isEqualTo(Cost.CHANGE);
  }

  /// Takes all turns and all places of somebody.
  private static List<Future<Turns.@Nullable Turn>> crowd(
      Turns turns, String who, ExecutorService threads) throws InterruptedException {
    for (int i = 0; i < Turns.MOST; i++) {
      assertThat(turns.take(who, () -> false)).isNotNull();
    }
    List<Future<Turns.@Nullable Turn>> waiting = new ArrayList<>();
    for (int i = 0; i < Turns.WAITING; i++) {
      waiting.add(threads.submit(() -> turns.take(who, () -> false)));
    }
    return waiting;
  }

  private static void isTooMany(HttpResponse<String> answer, String says) {
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(answer.body()).contains(says);
  }

  @Test
  void one_too_many_is_told_when_to_come_again_and_everything_else_is_answered() throws Exception {
    try (Running running = Running.on(folder, Map.of("use", MODEL));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Browser browser = new Browser(running.url());
        Browser other = new Browser(running.url())) {
      Set<String> known =
          Stream.concat(
                  running.addresses().stream().map(one -> one.method() + " " + one.path()),
                  running.server().site().routes().stream()
                      .map(one -> one.method() + " " + one.path()))
              .collect(Collectors.toSet());
      assertThat(Cost.HEAVY_READS)
          .extracting(rule -> rule.method() + " " + rule.path())
          .isNotEmpty()
          .allMatch(known::contains);

      Person ann = signedIn(running, browser, "ann@example.org", "es");
      Person bob = signedIn(running, other, "bob@example.org", "en");
      assertThat(bob.id()).isNotEqualTo(ann.id());
      Turns turns = running.server().site().parts().turns();
      String token =
          Objects.requireNonNull(running.server().site().parts().tokens().find(running.admin()))
              .id();
      List<Future<Turns.@Nullable Turn>> waiting = crowd(turns, "person " + ann.id(), threads);
      waiting.addAll(crowd(turns, "token " + token, threads));
      while (turns.refused() == 0 && browser.get("/search?q=ann").statusCode() != 429) {
        Thread.onSpinWait();
      }
      isTooMany(browser.get("/search?q=ann"), "Demasiadas cosas a la vez");
      HttpResponse<String> part = browser.get("/search?q=ann", "HX-Request", "true");
      isTooMany(part, "role=\"alert\"");
      assertThat(part.body()).doesNotContain("<html");
      assertThat(browser.get("/customers").statusCode()).isEqualTo(200);
      assertThat(other.get("/search?q=ann").statusCode()).isEqualTo(200);
      String list = "/api/v1/customers";
      HttpResponse<String> problem =
          running.send(
              new Running.Ask("GET", list + "?filter=score%20%3E%201", running.admin(), ""));
      isTooMany(problem, "at most 2 heavy reads at once");
      assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(running.get(list)).contains("\"total\":0");
      assertThat(running.get("/metrics")).containsPattern("pulso_reads_refused_total [1-9]");
      for (Future<Turns.@Nullable Turn> each : waiting) {
        assertThat(each.get()).as("nobody had a turn in ten seconds").isNull();
      }
    }
  }

  private static Person signedIn(Running running, Browser browser, String email, String language) {
    Person person =
        running.server().people().add(new People.Wanted(email, "P", Role.ADMIN, "", language));
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    return person;
  }
}
