package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.pulso.server.app.SampleServer;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Models whose authors are careless or mean, by clicking.
@Timeout(120)
class ModelJourneyTest {
  private static final String ALERT = "<img src=x onerror=alert(1)>";

  @RegisterExtension final InBrowser browser = new InBrowser();
  @TempDir private Path folder = Path.of("");

  private Page open(SampleServer company, Role role) {
    BrowserContext context = browser.context(Look.LIGHT);
    company.signIn(context, role);
    Page page = context.newPage();
    page.onDialog(dialog -> {
      if (!dialog.type().equals("beforeunload")) {
        throw new AssertionError("a script ran: " + dialog.message());
      }
      dialog.accept();
    });
    page.navigate(company.url() + "/models");
    return page;
  }

  private static void send(SampleServer company, List<String> calls) {
    String body = "{\"batch\":[" + String.join(",", calls) + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(company.url() + "/v1/batch"))
            .header("Authorization", "Bearer " + company.server().key("web"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String call(String who, String event, int daysAgo) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "track")
        .put("userId", who)
        .put("event", event)
        .put("timestamp", Instant.now().minus(Duration.ofDays(daysAgo)).toString())
        .toString();
  }

  private static void look(Page page, String rule) {
    page.waitForCondition(() -> {
      page.reload();
      return page.locator("main").innerText().contains(rule);
    });
  }

  @Test
  void names_and_titles_are_shown_as_text() throws IOException {
    try (SampleServer company = SampleServer.empty(folder)) {
      List<String> calls = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        for (int n = 0; n <= i % 7; n++) {
          calls.add(call("c" + i, ALERT + " used", n));
          calls.add(call("c" + i, ALERT + " purchase", n));
          calls.add(call(ALERT + i, "'\"}]</script><b>x", n));
        }
      }
      send(company, calls);
      Files.writeString(
          folder.resolve("models/evil.yaml"),
          """
          name: evil
          title: '</textarea><img src=x onerror=alert(2)>'
          activities:
            - {name: a, title: '<b>bold</b>', match: 'event == "<img src=x onerror=alert(1)> used"', points: 5}
          # </textarea><script>alert(3)</script>
          """);
      Page page = open(company, Role.ADMIN);
      assertThat(page.locator("tbody")).containsText("</textarea><img src=x onerror=alert(2)>");
      page.navigate(company.url() + "/models/-propose");
      look(page, ALERT + " used");
      assertThat(page.locator(".left")).containsText(ALERT + " purchase");
      assertThat(page.locator(".proposed")).containsText("'\"}]</script><b>x");
      page.navigate(company.url() + "/models/evil/edit");
      assertThat(page.locator("#rules b").first()).hasText("<b>bold</b>");
      assertThat(page.inputValue("#text")).contains("</textarea><script>alert(3)</script>");
      page.locator("#points-0").fill("20");
      assertThat(page.locator("#up")).containsText("c6");
      page.navigate(company.url() + "/models/evil");
      assertThat(page.locator("h1")).hasText("</textarea><img src=x onerror=alert(2)>");
      assertThat(page.locator("main img").count()).isZero();
    }
  }

  @Test
  void a_file_that_is_wrong_is_told_and_keeps_nobody_from_the_others() throws IOException {
    try (SampleServer company = SampleServer.empty(folder)) {
      Files.writeString(folder.resolve("models/broken.yaml"), "name: broken\nactivties: []\n");
      Page page = open(company, Role.VIEWER);
      assertThat(page.locator("main .note.bad")).containsText("broken.yaml");
      assertThat(page.locator("main .note.bad")).containsText("did you mean 'activities'?");
      assertThat(page.locator("main")).containsText("Somebody with the role of an analyst");
      InBrowser.isAccessible(page);
    }
  }
}
