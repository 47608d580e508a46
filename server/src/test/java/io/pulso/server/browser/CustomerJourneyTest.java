package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.pulso.server.app.SampleServer;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What people do with customers and accounts, walked by clicking.
class CustomerJourneyTest {
  private static final int CUSTOMERS = 200;

  @RegisterExtension final InBrowser browser = new InBrowser();

  private static SampleServer company;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    company = SampleServer.start(folder, CUSTOMERS);
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  private Page open(Look look, Role role, String language, String path) {
    BrowserContext context = browser.context(look);
    company.signIn(context, role, language);
    Page page = context.newPage();
    page.navigate(company.url() + path);
    return page;
  }

  private static void settle(Page page) {
    page.waitForCondition(() ->
        (boolean)
            page.evaluate(
                """
                document.fonts.status === 'loaded' && !document.querySelector('.loading')
                  && [...document.querySelectorAll('figure[data-chart]')]
                    .every(f => f.dataset.drawn || !f.checkVisibility())
                """));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.strip().replace("−", "-").replace("+", "").replace(",", ""));
  }

  @Test
  void the_lines_add_up_to_the_score_that_is_shown() {
    Page page = open(Look.LIGHT, Role.VIEWER, "en", "/customers");
    page.locator("a.who").nth(2).click();
    BigDecimal sum = BigDecimal.ZERO;
    for (String points :
        page.locator("section:has-text('Why this score') .why > li > b.num").allInnerTexts()) {
      sum = sum.add(number(points));
    }
    assertThat(sum).isEqualByComparingTo(number(page.locator(".lead strong").innerText()));
    assertThat(
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Adjust score"))
                .count())
        .isZero();
  }

  @Test
  void a_list_is_narrowed_sorted_saved_and_opened_again() {
    Page page = open(Look.LIGHT, Role.ANALYST, "en", "/customers");
    // A band is applied as soon as it is picked.
    page.locator(".chip").filter(new Locator.FilterOptions().setHasText("Very disengaged")).click();
    page.waitForURL("**/customers?view=*");
    PlaywrightAssertions.assertThat(page.locator("td .pill.band").first())
        .hasText("Very disengaged");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Last seen")).click();
    PlaywrightAssertions.assertThat(page.locator("th[aria-sort=descending]")).hasText("Last seen");
    page.locator("summary").filter(new Locator.FilterOptions().setHasText("More filters")).click();
    page.getByLabel("Condition in CEL").fill("scores > 1");
    PlaywrightAssertions.assertThat(page.locator("#f-cel-said"))
        .containsText("did you mean 'score'");
    page.getByLabel("Condition in CEL").fill("score > 1");
    PlaywrightAssertions.assertThat(page.locator("#f-cel-said")).containsText("match");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save view")).click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Quiet ones");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true))
        .click();
    page.waitForURL("**/customers?view=*");
    page.navigate(company.url() + "/customers");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Saved views")).click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Quiet ones")).click();
    PlaywrightAssertions.assertThat(page.locator("th[aria-sort=descending]")).hasText("Last seen");
    assertThat(page.url()).matches(".*/customers\\?view=[0-9a-f]{32}");
  }

  @Test
  void picked_customers_get_an_owner() {
    Page page = open(Look.LIGHT, Role.MANAGER, "en", "/customers");
    page.locator("td.pick input").nth(0).check();
    page.locator("td.pick input").nth(1).check();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change").setExact(true))
        .click();
    page.locator("#b-value").fill("mia@example.com");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go on")).click();
    PlaywrightAssertions.assertThat(page.locator(".big"))
        .hasText("Set “owner” to “mia@example.com” for 2 customers?");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change 2 customers"))
        .click();
    PlaywrightAssertions.assertThat(page.locator("#progress .big"))
        .hasText("Done: 2 of 2 are changed");
  }

  @Test
  void sentiment_and_points_are_entered_in_dialogs() {
    Page page = open(Look.DARK, Role.MANAGER, "en", "/customers");
    page.locator("a.who").nth(5).click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sentiment")).click();
    page.getByLabel("Bad").check();
    page.getByLabel("Note").fill("unhappy about the invoice");
    InBrowser.isAccessible(page);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
    PlaywrightAssertions.assertThat(page.locator(".lead .tag.mood-bad")).hasText("Bad");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Adjust score")).click();
    page.getByLabel("Points").fill("-7.5");
    page.getByLabel("Reason").fill("a refund is due");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
    PlaywrightAssertions.assertThat(page.locator(".lead .score"))
        .containsText("without points given by hand");
    PlaywrightAssertions.assertThat(page.locator("section:has-text('Why this score') .why"))
        .containsText("Given by hand");
  }

  @Test
  void an_account_tells_on_whom_it_hangs() {
    Page page = open(Look.LIGHT, Role.VIEWER, "en", "/accounts");
    page.locator("a.who").first().click();
    PlaywrightAssertions.assertThat(
            page.locator(".tile").filter(new Locator.FilterOptions().setHasText("Breadth")))
        .containsText("%");
    PlaywrightAssertions.assertThat(
            page.locator(".tile").filter(new Locator.FilterOptions().setHasText("Champion share")))
        .containsText("%");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("As a list")).click();
    page.waitForURL("**/customers?view=*");
    assertThat(page.locator("a.who").count()).isPositive();
  }

  @Test
  void a_shared_page_is_opened_by_somebody_without_an_account() {
    Page page = open(Look.LIGHT, Role.MANAGER, "en", "/customers");
    page.locator("a.who").nth(1).click();
    String name = page.locator("h1").innerText();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Share")).click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make the link")).click();
    String url = page.locator("#share-url").innerText();
    Page other = browser.open(url, Look.DARK.in("it"));
    settle(other);
    assertThat(other.locator("body").innerText())
        .contains("Engagement di un cliente", "Perché questo punteggio")
        .doesNotContain(name);
    InBrowser.isAccessible(other);
    InBrowser.picture(other, "shared");
  }
}
