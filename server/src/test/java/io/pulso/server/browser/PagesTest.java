package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.pulso.server.access.Tokens;
import io.pulso.server.app.SampleServer;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every page of the menu, and those below it that nobody else looks at, of the sample company, in
/// both themes and all languages, on a desk and on a phone.
class PagesTest {
  private static final int CUSTOMERS = 200;
  private static final int MOST_BYTES = 400_000;

  /// A key of a text that is shown instead of the text.
  private static final Pattern RAW_KEY =
      Pattern.compile(
          "\\b(frame|overview|today|customers?|models?|data|settings|entry|metrics|segments?|journeys|paths|campaigns?|surveys?|dashboards?)\\.[a-z_]{3,}\\b");

  /// Below the pages of the menu.
  private static final List<String> BELOW =
      List.of(
          "/settings/me",
          "/settings/people",
          "/settings/tokens",
          "/settings/workspace",
          "/settings/backup",
          "/settings/audit",
          "/settings/about",
          "/overview/share",
          "/search?q=acc",
          "/metric/purchases.gross",
          "/segments/quiet-payers",
          "/segments/-new",
          "/segments/-compare?a=quiet-payers&b=power-users",
          "/journeys/funnel",
          "/journeys/retention",
          "/journeys/lifecycle?by=band",
          "/journeys/paths",
          "/journeys/high-scorers");

  private static final String SETTLED =
      """
      document.fonts.status === 'loaded' && !document.querySelector('.loading')
        && [...document.querySelectorAll('figure[data-chart]')]
          .every(f => !f.checkVisibility() || f.dataset.drawn
            && [...f.querySelectorAll('canvas')].every(c => c.clientWidth <= c.closest('.plot').clientWidth))
      """;

  /// Charts that are wider than their place; the ways through pages may be.
  private static final String PUSHED =
      """
      [...document.querySelectorAll('figure[data-chart]:not([data-chart=flow])')]
        .filter(f => f.querySelector('.plot')?.clientWidth > f.clientWidth).map(f => f.id)
      """;

  /// Of these languages pictures are made: in one theme on a desk, in the other on a phone.
  private static final List<String> PICTURED = List.of("en", "zh");

  /// These two see each page in both themes at both widths; the others have the same colours.
  private static final List<String> COLOURED = List.of("en", "es");

  @RegisterExtension final InBrowser browser = new InBrowser();

  private static SampleServer company;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    company = SampleServer.start(folder, CUSTOMERS);
    var token = company.server().site().parts().tokens().create("CRM", Tokens.Scope.WRITE, null);
    assertThat(token.value()).isNotEmpty();
    // Until then Today and Overview show that they wait, and open anew by themselves.
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!company.server().site().glances().isReady() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  private static List<String> pages() {
    return Stream.concat(
            company.server().site().navigation().stream(), Stream.of("/settings/workspace"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "en, false, false", "en, true, true", "es, true, false", "es, false, true",
    "it, false, false", "it, true, true", "zh, true, false", "zh, false, true"
  })
  void every_page_is_whole(String language, boolean dark, boolean phone) {
    Look look = new Look(dark, language, phone);
    BrowserContext context = browser.context(look);
    company.signIn(context, Role.ADMIN, language);
    Page page = context.newPage();
    for (String path : pages()) {
      Response response = page.navigate(company.url() + path);
      assertThat(response.status()).as(path).isEqualTo(200);
      isWhole(page, name(path) + "-" + look, language);
    }
  }

  private static void isWhole(Page page, String name, String language) {
    settle(page);
    if (PICTURED.contains(language)) {
      InBrowser.picture(page, "pages/" + name);
    }
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    String text = page.innerText("body");
    assertThat(RAW_KEY.matcher(text).results().map(r -> r.group()).toList())
        .as("raw keys at " + page.url())
        .isEmpty();
    assertThat(text).doesNotContain("{n}", "Half are gone after \u2013");
    InBrowser.fits(page);
    assertThat(page.evaluate(PUSHED))
        .as("charts to be pushed at " + page.url())
        .isEqualTo(List.of());
    if (COLOURED.contains(language)) {
      InBrowser.isAccessible(page);
    } else {
      InBrowser.isAccessibleInColoursSeen(page);
    }
  }

  /// Each is opened once, on a desk, and then looked at in the other theme on a narrow screen.
  @ParameterizedTest
  @CsvSource({"en, false", "es, true", "it, false", "zh, true"})
  void every_page_below_the_menu_is_whole(String language, boolean dark) {
    Look look = new Look(dark, language, false);
    BrowserContext context = browser.context(look);
    company.signIn(context, Role.ADMIN, language);
    Page page = context.newPage();
    List<String> paths = new ArrayList<>();
    for (String list : List.of("/customers", "/accounts")) {
      page.navigate(company.url() + list);
      paths.add(page.locator("a.who").nth(3).getAttribute("href"));
    }
    // Whom somebody looked at stands in the audit log.
    paths.addAll(BELOW);
    for (String path : paths) {
      page.setViewportSize(1440, 900);
      page.emulateMedia(colours(dark));
      assertThat(page.navigate(company.url() + path).status()).as(path).isEqualTo(200);
      String name = name(path.replaceAll("/[A-Za-z0-9_-]{22}$", "/one").replaceAll("\\?.*", ""));
      isWhole(page, name + "-" + look, language);
      page.setViewportSize(390, 844);
      page.emulateMedia(colours(!dark));
      isWhole(page, name + "-" + new Look(!dark, language, true), language);
    }
  }

  private static Page.EmulateMediaOptions colours(boolean dark) {
    return new Page.EmulateMediaOptions()
        .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
  }

  /// README shows this picture, which lies in `docs/overview.png`.
  @Test
  void the_overview_fits_a_screen() {
    BrowserContext context = browser.context(Look.LIGHT);
    company.signIn(context, Role.ADMIN, "en");
    Page page = context.newPage();
    page.setViewportSize(1440, 1000);
    page.navigate(company.url() + "/overview");
    settle(page);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "overview.png")));
    assertThat(page.locator("figure[data-chart]").first().isVisible()).isTrue();
  }

  /// Its bars grow, as they do for most people.
  @Test
  void a_bar_of_the_lifecycle_and_its_number_lead_to_those_behind_it() {
    BrowserContext context = browser.context(Look.LIGHT);
    company.signIn(context, Role.VIEWER, "en");
    Page page = context.newPage();
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    page.navigate(company.url() + "/journeys/lifecycle?every=month");
    settle(page);
    page.locator("#chart-stages summary").click();
    Locator rows = page.locator("#chart-stages tbody tr");
    int last = rows.count() - 2;
    Locator number = rows.nth(last).locator("a").first();
    String told = number.innerText() + " customers";
    assertThat(listed(page, number::click)).contains(told);
    page.navigate(company.url() + "/journeys/lifecycle?every=month");
    settle(page);
    String middle =
        """
        (n) => {
          const plot = document.querySelector('#chart-stages .plot');
          const chart = window.echarts.getInstanceByDom(plot);
          const [x, y] = chart.convertToPixel({seriesIndex: 0}, [n, chart.getOption().series[0].data[n].value / 2]);
          const box = plot.getBoundingClientRect();
          return [box.left + x, box.top + y];
        }
        """;
    assertThat(
            listed(
                page,
                () -> {
                  List<?> at = (List<?>) page.evaluate(middle, last);
                  page.mouse()
                      .click(
                          ((Number) at.getFirst()).doubleValue(),
                          ((Number) at.getLast()).doubleValue());
                }))
        .contains(told);
  }

  private static String listed(Page page, Runnable press) {
    press.run();
    page.waitForURL("**/customers?view=*");
    return page.innerText("main");
  }

  /// Posts are not made every day, and on other days there is no rate.
  @Test
  void a_value_between_days_without_one_can_be_seen() {
    BrowserContext context = browser.context(Look.LIGHT);
    company.signIn(context, Role.VIEWER, "en");
    Page page = context.newPage();
    page.navigate(company.url() + "/campaigns");
    settle(page);
    String dots =
        """
        () => [...document.querySelectorAll('figure[data-chart=lines]')].map(f =>
          window.echarts.getInstanceByDom(f.querySelector('.plot')).getZr().storage.getDisplayList(true)
            .filter(e => e.shape?.symbolType === 'circle' && !e.ignore && !e.invisible && e.getComputedTransform()).length)
          .reduce((a, b) => a + b, 0)
        """;
    assertThat(((Number) page.evaluate(dots)).intValue()).isBetween(3, 30);
  }

  @Test
  void no_page_is_heavy() {
    for (String path : pages()) {
      BrowserContext context = browser.context(Look.LIGHT);
      company.signIn(context, Role.ADMIN);
      Page page = context.newPage();
      AtomicLong bytes = new AtomicLong();
      page.onRequestFinished(request -> {
        if (!request.url().contains("/assets/echarts")) {
          bytes.addAndGet(request.sizes().responseBodySize + request.sizes().responseHeadersSize);
        }
      });
      page.navigate(company.url() + path);
      settle(page);
      assertThat(bytes.get()).as(path).isBetween(1_000L, (long) MOST_BYTES);
    }
  }

  /// Waits until everything is loaded and the charts that can be seen are drawn in the width that
  /// there is.
  private static void settle(Page page) {
    // The policy of the pages keeps them from polling a script that is given as text.
    page.waitForCondition(() -> (boolean) page.evaluate(SETTLED));
  }

  private static String name(String path) {
    return path.equals("/") ? "today" : path.substring(1).replace('/', '-');
  }
}
