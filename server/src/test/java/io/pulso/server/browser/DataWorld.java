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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A workspace whose pages on data are looked at, and senders of events to it.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DataWorld {
  /// A name that would do harm where it is not shown as text.
  static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\"> ${7*7} '\"&amp;";

  @RegisterExtension final InBrowser browser = new InBrowser();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private SampleServer company;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    company = SampleServer.empty(folder);
  }

  @AfterAll
  void stop() {
    client.close();
    company.close();
  }

  SampleServer company() {
    return company;
  }

  /// A page as somebody with a role sees it.
  Page open(String path, Role role) {
    return open(path, role, Look.LIGHT);
  }

  Page open(String path, Role role, Look look) {
    BrowserContext context = browser.context(look);
    company.signIn(context, role, look.language().substring(0, 2));
    Page page = context.newPage();
    page.navigate(company.url() + path);
    return page;
  }

  String key(String source) {
    return company.server().key(source);
  }

  /// Sends one call and gives the status of the answer.
  int send(String key, String type, String json) throws IOException, InterruptedException {
    return send(key, type, json, "https://www.example.com");
  }

  int send(String key, String type, String json, String origin)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(company.url() + "/v1/" + type))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString((key + ":").getBytes(StandardCharsets.UTF_8)))
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  void track(String key, String event, String user) throws IOException, InterruptedException {
    String json =
        "{\"userId\":%s,\"event\":%s,\"properties\":{\"plan\":%s}}"
            .formatted(quoted(user), quoted(event), quoted("p " + event));
    assertThat(send(key, "track", json)).isEqualTo(200);
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    io.pulso.engine.json.JsonText.quote(text, out);
    return out.toString();
  }

  /// Opens an address again until it shows a text.
  static void until(Page page, String text) {
    page.waitForCondition(() -> {
      if (!page.innerText("body").contains(text)) {
        page.reload();
      }
      return page.innerText("body").contains(text);
    });
  }

  /// Nothing that somebody sent became a part of the page.
  static void isUnharmed(Page page) {
    assertThat(page.title()).isNotEqualTo("hacked");
    assertThat(page.locator("img[src=x]").count()).isZero();
  }
}
