package io.pulso.server.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A browser for the tests of a class: `@RegisterExtension final InBrowser browser = new
/// InBrowser();`. Each test begins with nothing stored, and fails at its end when a page wrote an
/// error to the console or let one escape. Without a Chromium the tests are skipped, but fail where
/// `CI` is set.
public final class InBrowser implements BeforeEachCallback, AfterEachCallback {
  static {
    // A busy machine is slow, and waiting longer makes nothing right that is wrong.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(InBrowser.class);
  private static final String MISSING =
      "there is no Chromium at CHROMIUM, /usr/bin/chromium or /usr/bin/google-chrome";

  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();
  private @Nullable Chromium chromium;

  @Override
  public void beforeEach(ExtensionContext context) {
    Optional<Path> program = Chromium.find();
    if (program.isEmpty() && System.getenv("CI") != null) {
      throw new AssertionError(MISSING);
    }
    if (program.isEmpty()) {
      abort(MISSING);
    }
    chromium =
        context
            .getRoot()
            .getStore(SPACE)
            .computeIfAbsent(
                Chromium.class, key -> Chromium.start(program.orElseThrow()), Chromium.class);
  }

  /// A new page of a profile of its own.
  public Page page(Look look) {
    BrowserContext context = context(look);
    return context.newPage();
  }

  /// An address, opened in a new profile.
  public Page open(String url, Look look) {
    Page page = page(look);
    page.navigate(url);
    return page;
  }

  /// An address, opened in a new profile, on a desk and in the light.
  public Page open(String url) {
    return open(url, Look.LIGHT);
  }

  /// A profile of its own, for tests that want several pages of one.
  public BrowserContext context(Look look) {
    Chromium running = Objects.requireNonNull(chromium);
    BrowserContext context =
        running.browser().newContext(look.options().setUserAgent(running.userAgent()));
    contexts.add(context);
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        errors.add(message.text() + " (" + message.location() + ")");
      }
    });
    context.onWebError(error -> errors.add("not caught: " + error.error()));
    return context;
  }

  /// Errors with this in them are meant.
  ///
  /// @param regex is looked for in the text of an error and its place
  public void expectError(String regex) {
    expected.add(Pattern.compile(regex));
  }

  /// What pages complained of so far, without what is meant.
  public List<String> errors() {
    return errors.stream()
        .filter(error -> expected.stream().noneMatch(regex -> regex.matcher(error).find()))
        .toList();
  }

  /// Fails with rules and elements when axe finds something in a page as it is shown now.
  public static void isAccessible(Page page) {
    Axe.check(page, true);
  }

  /// The same but for contrast, for a page whose colours were looked at in another language.
  public static void isAccessibleInColoursSeen(Page page) {
    Axe.check(page, false);
  }

  /// Fails when a page is wider than its screen, so that one would have to push it to the side.
  public static void fits(Page page) {
    Object wide =
        page.evaluate(
            "[document.documentElement.scrollWidth, Math.min(innerWidth, screen.width)].join(' of ')");
    if (page.evaluate(
            "document.documentElement.scrollWidth <= Math.min(innerWidth, screen.width) + 1")
        .equals(false)) {
      throw new AssertionError(page.url() + " is wider than its screen: " + wide + " pixels");
    }
  }

  /// Writes a picture of the whole page to `target/screenshots`.
  ///
  /// @param name of the file without its ending; it may have folders
  public static Path picture(Page page, String name) {
    Path file = PICTURES.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    boolean failed = test.getExecutionException().isPresent();
    try {
      if (failed) {
        pictures(test);
      }
    } finally {
      contexts.forEach(BrowserContext::close);
      contexts.clear();
    }
    List<String> wrong = errors();
    errors.clear();
    expected.clear();
    if (!wrong.isEmpty()) {
      AssertionError error =
          new AssertionError("errors in the browser:\n  " + String.join("\n  ", wrong));
      test.getExecutionException().ifPresent(error::addSuppressed);
      throw error;
    }
  }

  /// What the pages of a test that failed looked like.
  private void pictures(ExtensionContext test) {
    String name =
        test.getRequiredTestClass().getSimpleName() + "." + test.getRequiredTestMethod().getName();
    int number = 0;
    for (BrowserContext context : contexts) {
      for (Page page : context.pages()) {
        picture(page, "failed/" + name + "-" + ++number);
      }
    }
  }
}
