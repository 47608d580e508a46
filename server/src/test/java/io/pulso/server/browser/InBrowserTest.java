package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The tests' browser sees what it is there to see.
@Timeout(60)
class InBrowserTest {
  @RegisterExtension private final InBrowser browser = new InBrowser();

  private static final String GOOD =
      "<html lang=en><title>T</title><main><h1>T</h1><p>text</p></main>";

  @Test
  void axe_names_rule_and_element() {
    Page page = browser.page(Look.LIGHT);
    page.setContent(GOOD);
    assertThatCode(() -> InBrowser.isAccessible(page)).doesNotThrowAnyException();
    page.setContent(GOOD.replace("text", "<img id=portrait src='data:,'>"));
    assertThatThrownBy(() -> InBrowser.isAccessible(page))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("image-alt", "#portrait");
  }

  @Test
  void errors_of_the_console_and_those_that_escape_are_seen() {
    Page page = browser.page(Look.LIGHT);
    page.evaluate("console.error('spoken'); setTimeout(() => { throw new Error('escaped'); })");
    page.waitForCondition(() -> browser.errors().size() == 2);
    assertThat(browser.errors().toString()).contains("spoken", "escaped");
    browser.expectError("spoken|escaped");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void a_look_is_seen_by_the_page() {
    Page page = browser.page(Look.DARK.in("zh-CN").onPhone());
    page.setContent(GOOD);
    Object seen =
        page.evaluate(
            "[matchMedia('(prefers-color-scheme: dark)').matches, navigator.language, innerWidth].join()");
    assertThat(seen).isEqualTo("true,zh-CN,980");
  }
}
