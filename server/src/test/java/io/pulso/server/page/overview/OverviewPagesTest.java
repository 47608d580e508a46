package io.pulso.server.page.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.pulso.server.app.SampleServer;
import io.pulso.server.browser.InBrowser;
import io.pulso.server.browser.Look;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final List<String> PATHS = List.of("/", "/overview");

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

  private static String name(String path) {
    return path.equals("/") ? "today" : path.substring(1);
  }

  @Test
  void both_pages_are_accessible_in_both_themes_all_languages_and_on_a_phone() {
    for (String language : List.of("en", "es", "it", "zh")) {
      for (String path : PATHS) {
        Look look = language.equals("it") ? Look.LIGHT.onPhone() : Look.LIGHT;
        for (Look each : List.of(look, look.inTheDark())) {
          Page page = open(path, each.in(language), language);
          drawn(page);
          InBrowser.picture(page, name(path) + "-" + each.in(language));
          InBrowser.isAccessible(page);
          assertThat(page.locator("main").innerText())
              .doesNotContainPattern(Pattern.compile("\\b(overview|today|frame)\\.[a-z_]+"))
              .doesNotContain("{n}");
          assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .isEqualTo(true);
          page.close();
        }
      }
    }
  }
}
