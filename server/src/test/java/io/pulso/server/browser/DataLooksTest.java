package io.pulso.server.browser;

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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pages on data of the sample company, in both themes and all languages, on a desk and on a
/// phone.
@Timeout(180)
class DataLooksTest {
  private static final List<String> PATHS =
      List.of(
          "/data",
          "/data/sources",
          "/data/source?name=sample",
          "/data/rejected",
          "/data/imports",
          "/data/quality",
          "/data/coverage");

  @RegisterExtension final InBrowser browser = new InBrowser();

  private static SampleServer company;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, InterruptedException {
    company = SampleServer.start(folder, 60);
    String key = company.server().key("web");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String body : List.of("{\"event\":\"A\"}", "{\"userId\":\"u\"}", "{\"userId\":")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(company.url() + "/v1/track"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(400);
      }
    }
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @ParameterizedTest
  @CsvSource({"en, false, false", "es, true, true", "it, false, true", "zh, true, false"})
  void every_page_on_data_is_whole(String language, boolean dark, boolean phone) {
    Look look = new Look(dark, language, phone);
    BrowserContext context = browser.context(look);
    company.signIn(context, Role.ADMIN, language);
    Page page = context.newPage();
    for (String path : PATHS) {
      assertThat(page.navigate(company.url() + path).status()).as(path).isEqualTo(200);
      page.waitForCondition(() -> (boolean) page.evaluate("document.fonts.status === 'loaded'"));
      String name = path.substring(1).replaceAll("[/?=]", "-");
      InBrowser.picture(page, "data/" + name + "-" + look);
      assertThat(page.innerText("body")).as(path).doesNotContain("data.");
      InBrowser.fits(page);
      InBrowser.isAccessible(page);
    }
  }
}
