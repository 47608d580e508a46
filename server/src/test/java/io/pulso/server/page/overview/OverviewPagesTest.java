package io.pulso.server.page.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.pulso.server.app.SampleServer;
import io.pulso.server.browser.InBrowser;
import io.pulso.server.browser.Look;
import io.pulso.server.people.Role;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Present;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Today and the overview of a sample company, in a real browser.
@Timeout(300)
class OverviewPagesTest {
  private static final int CUSTOMERS = 400;

  @TempDir private static Path folder;
  private static @Nullable SampleServer sample;

  @RegisterExtension final InBrowser browser = new InBrowser();

  @BeforeAll
  static void start() throws IOException {
    sample = SampleServer.start(folder, CUSTOMERS);
    while (!sample.server().site().glances().isReady()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  @AfterAll
  static void stop() {
    sample().close();
  }

  private static SampleServer sample() {
    return Objects.requireNonNull(sample);
  }

  private Page open(String path, Look look, String language) {
    Page page = browser.page(look);
    sample().signIn(page.context(), Role.VIEWER, language);
    page.navigate(sample().url() + path);
    return page;
  }

  private static void drawn(Page page) {
    if (page.locator("figure[data-chart]").count() > 0) {
      page.waitForSelector(
          "figure[data-drawn] canvas",
          new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }
  }

  @Test
  void the_numbers_of_the_tiles_are_those_of_the_glance_and_lead_to_their_customers() {
    Glance glance = sample().server().site().glances().board().glances().getFirst();
    Present present = Objects.requireNonNull(glance.present());
    Page page = open("/overview?days=7", Look.LIGHT, "en");
    assertThat(page.locator("section[aria-labelledby=tile-at_risk] .value a").innerText())
        .isEqualTo(String.valueOf(present.atRisk()));
    page.locator("section[aria-labelledby=tile-at_risk] .tip").focus();
    assertThat(page.locator("section[aria-labelledby=tile-at_risk] .tip-text").innerText())
        .contains("Churn risk, Very disengaged");
    page.locator("section[aria-labelledby=tile-at_risk] .value a").click();
    page.waitForURL(Pattern.compile(".*/customers\\?view=.*"));
    assertThat(page.locator("main").innerText()).contains(String.valueOf(present.atRisk()));
  }

  @Test
  void the_table_and_the_file_behind_a_chart_have_all_its_numbers() {
    Glance glance = sample().server().site().glances().board().glances().getFirst();
    Present present = Objects.requireNonNull(glance.present());
    Page page = open("/overview", Look.LIGHT, "en");
    page.locator("#chart-distribution summary").click();
    int sum =
        page.locator("#chart-distribution tbody td:last-child").allInnerTexts().stream()
            .mapToInt(Integer::parseInt)
            .sum();
    assertThat(sum).isEqualTo(present.scored());
    APIResponse file = page.request().get(sample().url() + "/overview/bands.csv?days=7");
    assertThat(file.headers().get("content-type")).startsWith("text/csv");
    List<String> lines = file.text().lines().toList();
    assertThat(lines).hasSize(8);
    assertThat(lines.getFirst()).startsWith("Day,Churn risk,");
    int today =
        Arrays.stream(lines.getLast().split(",", -1)).skip(1).mapToInt(Integer::parseInt).sum();
    assertThat(today).isEqualTo(present.scored());
  }

  @Test
  void the_lines_behind_a_reason_add_up_to_the_change() {
    Page page = open("/overview?days=30", Look.LIGHT, "en");
    Locator first = page.locator(".mover-list li").first();
    first.locator("summary").click();
    List<BigDecimal> points =
        first.locator(".reason-lines dd").allInnerTexts().stream()
            .map(text -> new BigDecimal(text.replace("\u2212", "-").replace(",", "")))
            .toList();
    assertThat(points).hasSizeGreaterThan(1);
    assertThat(
            points.subList(0, points.size() - 1).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(points.getLast());
  }

  @Test
  void a_page_follows_its_scores_by_itself() {
    String key = sample().server().key("crm");
    Page page = open("/overview", Look.LIGHT, "en");
    drawn(page);
    page.evaluate("document.querySelector('#chart-bands canvas').dataset.kept = 'yes'");
    APIResponse sent =
        page.request()
            .post(
                sample().url() + "/v1/identify",
                RequestOptions.create()
                    .setHeader("Authorization", "Bearer " + key)
                    .setData(Map.of("userId", "newcomer-1", "messageId", "live-1")));
    assertThat(sent.status()).isEqualTo(200);
    page.locator(".head .sub")
        .filter(
            new Locator.FilterOptions()
                .setHasText(Pattern.compile("^%d customers".formatted(CUSTOMERS + 1))))
        .waitFor();
    assertThat(page.locator("#chart-bands canvas[data-kept=yes]").count()).isEqualTo(1);
  }

  @Test
  void whoever_objected_is_in_no_list_at_once() {
    Page page = open("/overview?days=30", Look.LIGHT, "en");
    String id = page.locator(".mover-list .who b").first().innerText();
    sample()
        .server()
        .site()
        .questions()
        .ask((store, view) -> store.objections().object(id, "me", "", 1));
    page.reload();
    assertThat(page.locator(".mover-list .who b").allInnerTexts()).isNotEmpty().doesNotContain(id);
    sample()
        .server()
        .site()
        .questions()
        .ask((store, view) -> store.objections().withdraw(id, "me", 2));
  }

  @Test
  void a_workspace_without_events_leads_to_the_data_and_fills_itself(@TempDir Path other) {
    try (SampleServer empty = SampleServer.empty(other)) {
      Page page = browser.page(Look.LIGHT);
      empty.signIn(page.context(), Role.VIEWER, "en");
      page.navigate(empty.url() + "/");
      Locator way = page.locator(".empty a[href='/data']");
      way.waitFor();
      InBrowser.picture(page, "today-empty");
      InBrowser.isAccessible(page);
      APIResponse sent =
          page.request()
              .post(
                  empty.url() + "/v1/track",
                  RequestOptions.create()
                      .setHeader("Authorization", "Bearer " + empty.server().key("crm"))
                      .setData(Map.of("userId", "ann", "event", "Login", "messageId", "m1")));
      assertThat(sent.status()).isEqualTo(200);
      page.locator(".empty a[href='/models']").waitFor();
      InBrowser.isAccessible(page);
      page.close();
    }
  }
}
