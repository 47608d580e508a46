package io.pulso.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Chromium of this machine, started once for all tests of a JVM.
final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/google-chrome",
          "/usr/bin/chromium-browser",
          "/snap/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--force-color-profile=srgb", "--disable-dev-shm-usage")));
  }

  static Chromium start(Path program) {
    return new Chromium(program);
  }

  /// Where it lies: where `CHROMIUM` says, or in one of the usual places.
  static Optional<Path> find() {
    List<String> places = new ArrayList<>(PLACES);
    String told = System.getenv("CHROMIUM");
    if (told != null && !told.isBlank()) {
      places.addFirst(told);
    }
    return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /// As people's browsers say it; one without a window would be taken for a robot.
  String userAgent() {
    return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s Safari/537.36"
        .formatted(browser.version());
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
