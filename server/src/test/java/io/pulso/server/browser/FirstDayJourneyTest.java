package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.pulso.server.app.SampleServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The first day of a workspace in one go, by clicking: from the link of the first administrator to
/// why a customer fell.
@Timeout(180)
class FirstDayJourneyTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String ALERT = "<img src=x onerror=alert(1)>";
  private static final Pattern SERVER_KEY = Pattern.compile("-u '(sec_[^:]+):'");

  @RegisterExtension final InBrowser browser = new InBrowser();
  @TempDir private Path folder = Path.of("");

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void follow(Page page, String link) {
    page.getByRole(AriaRole.LINK, named(link)).first().click();
  }

  private static String call(String who, String event, int daysAgo) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "track")
        .put("userId", who)
        .put("event", event)
        .put("timestamp", Instant.now().minus(daysAgo, ChronoUnit.DAYS).toString())
        .toString();
  }

  private static void send(SampleServer company, String key, List<String> calls)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(company.url() + "/v1/batch"))
            .header("Authorization", "Bearer " + key)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"batch\":[" + String.join(",", calls) + "]}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void from_the_link_of_the_first_administrator_to_why_a_customer_fell() throws Exception {
    try (SampleServer company = SampleServer.empty(folder)) {
      Page page = browser.page(Look.LIGHT);
      page.onDialog(dialog -> {
        if (!dialog.type().equals("beforeunload")) {
          throw new AssertionError("a script ran: " + dialog.message());
        }
        dialog.accept();
      });
      begin(page, company);
      String key = firstEvent(page, company);
      model(page, company, key);
      whyFallen(page);
    }
  }

  private static void begin(Page page, SampleServer company) {
    page.navigate(Objects.requireNonNull(company.server().welcome()));
    InBrowser.isAccessible(page);
    page.locator("#name").fill("Ada Example");
    page.locator("#email").fill("ada@example.org");
    page.locator("#password").fill(PASSWORD);
    page.locator("#again").fill(PASSWORD);
    page.locator("form button.primary").click();
    assertThat(page.locator("h1")).hasText("Today");
    assertThat(page.locator(".me")).containsText("Administrator");
    // The model of nobody, and the way to the first event.
    follow(page, "Models");
    assertThat(page.locator("main")).containsText("There is no model yet");
    InBrowser.isAccessible(page);
    page.locator("main a.button").first().click();
    assertThat(page.locator("main")).containsText("There are no events yet");
    InBrowser.isAccessible(page);
  }

  /// Gives the key that the page shows, with which the first event was sent.
  private static String firstEvent(Page page, SampleServer company) throws Exception {
    follow(page, "Today");
    page.locator("main a.button.primary[href='/data']").click();
    page.locator("#way-server:has-text('sec_')").waitFor();
    Matcher key = SERVER_KEY.matcher(page.innerText("#way-server"));
    assertThat(key.find()).isTrue();
    send(company, key.group(1), List.of(call("ann", "Invite Sent", 0)));
    // Nobody presses anything.
    assertThat(page.locator("#live-rows li")).hasCount(1);
    assertThat(page.locator("#live-rows")).containsText("Invite Sent");
    assertThat(page.locator("#live-rows")).containsText("ann");
    return key.group(1);
  }

  private void model(Page page, SampleServer company, String key) throws Exception {
    List<String> calls = new ArrayList<>();
    calls.add(call("ann", "Order Completed", 0));
    calls.add(call("bob", "Invite Sent", 1));
    for (int day = 27; day < 33; day++) {
      calls.add(call("ann", "Invite Sent", day));
    }
    send(company, key, calls);
    follow(page, "Models");
    page.locator("main a.button").first().click();
    page.waitForCondition(() -> {
      page.reload();
      return page.locator("main").innerText().contains("Invited a colleague")
          && page.locator(".left").innerText().contains("Order Completed");
    });
    assertThat(page.locator("main")).containsText("Too few customers were active");
    page.locator("#points-invite_sent").fill("12");
    assertThat(page.locator("#median")).hasText(Pattern.compile("[0-9.]+"));
    InBrowser.isAccessible(page);
    page.locator("#starter button.primary").click();
    assertThat(page.locator("h1")).hasText("Edit Engagement");
    Locator said = page.locator("#tried-said");
    assertThat(said).hasText(Pattern.compile("0 of 2 scores change.*"));
    page.locator("#range-0").fill("30");
    assertThat(said).hasText(Pattern.compile("2 of 2 scores change.*"));
    page.locator("#points-0").fill("45");
    assertThat(said).containsText("go to a higher band");
    page.locator("#to-publish").click();
    page.locator("#publish-note").fill("the first " + ALERT);
    page.locator("#publish button.primary").click();
    assertThat(page.locator("main")).containsText("Published. It scores from now on.");
    assertThat(page.locator("main .head .sub")).containsText("Version 1");
    assertThat(page.locator("main")).containsText("the first " + ALERT);
    InBrowser.isAccessible(page);
    assertThat(Files.readString(folder.resolve("models/engagement.yaml")))
        .contains("points: 45\n", "# It takes effort");
    follow(page, "Models");
    assertThat(page.locator("tbody tr")).containsText("2 customers");
    assertThat(page.locator("tbody tr")).containsText("As published");
  }

  private static void whyFallen(Page page) {
    follow(page, "Customers");
    Locator fallen = page.locator("tr:has(.trend.down)");
    assertThat(fallen).hasCount(1);
    fallen.locator("a.who").click();
    assertThat(page.locator("h1")).hasText("ann");
    // The change from a day of their choice, to the last digit.
    assertThat(page.locator("#change .from-to")).isVisible();
    page.locator("#c-from").fill(day(-26));
    page.waitForCondition(
        () -> page.locator("#change [hx-get*='from=" + day(-26) + "']").count() > 0);
    assertThat(page.locator("#change .why")).containsText("Invited a colleague");
    BigDecimal sum = BigDecimal.ZERO;
    for (String points : page.locator("#change .why > li > b.num").allInnerTexts()) {
      sum = sum.add(number(points));
    }
    BigDecimal from = number(page.locator("#change .from-to b").first().innerText());
    BigDecimal to = number(page.locator("#change .from-to b").nth(1).innerText());
    assertThat(to).isLessThan(from);
    assertThat(sum).isEqualByComparingTo(to.subtract(from));
    assertThat(number(page.locator("#change .sum b").innerText())).isEqualByComparingTo(sum);
    // The events behind a line.
    Locator behind = page.locator("#change .why details").first();
    behind.locator("summary").click();
    assertThat(behind.locator(".behind li").first()).isVisible();
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "customer-fell");
  }

  private static String day(int ahead) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(ahead).toString();
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.strip().replace("−", "-").replace("+", "").replace(",", ""));
  }
}
