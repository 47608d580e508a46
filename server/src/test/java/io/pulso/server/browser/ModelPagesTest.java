package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.pulso.server.app.SampleServer;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pages of models with the sample company.
@Timeout(120)
class ModelPagesTest {
  private static final String SETTLED =
      """
      document.fonts.status === 'loaded'
        && [...document.querySelectorAll('figure[data-chart]')]
          .every(f => f.dataset.drawn || !f.checkVisibility())
      """;
  private static final String MODEL = "/models/product-engagement";

  @RegisterExtension final InBrowser browser = new InBrowser();

  private static SampleServer company;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    company = SampleServer.start(temporary, 200);
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  private Page open(Role role, String path) {
    BrowserContext context = browser.context(Look.LIGHT);
    company.signIn(context, role);
    Page page = context.newPage();
    page.navigate(company.url() + path);
    return page;
  }

  private static void settle(Page page) {
    page.waitForCondition(() -> (boolean) page.evaluate(SETTLED));
  }

  @ParameterizedTest
  @CsvSource({
    "en, false, false",
    "es, true, false",
    "it, false, true",
    "zh, true, true",
    "en, true, false"
  })
  void pages_beside_the_list_are_whole(String language, boolean dark, boolean phone) {
    Look look = new Look(dark, language, phone);
    BrowserContext context = browser.context(look);
    company.signIn(context, Role.ADMIN, language);
    Page page = context.newPage();
    for (String path :
        new String[] {MODEL, MODEL + "/edit", "/models/-propose", "/models/icp-fit/edit"}) {
      assertThat(page.navigate(company.url() + path).status()).as(path).isEqualTo(200);
      if (path.endsWith("/edit")) {
        page.waitForCondition(() -> page.locator("#rules .rule").count() > 0);
      }
      settle(page);
      InBrowser.picture(page, "models" + path.replace('/', '-') + "-" + look);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))
          .as(path + " is not wider than its window")
          .isEqualTo(true);
      assertThat(page.innerText("main")).doesNotContainPattern("\\bmodel\\.[a-z_]+");
      InBrowser.isAccessible(page);
    }
  }

  @Test
  void dragging_a_weight_changes_the_text_and_shows_who_moves() throws IOException {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    Locator said = page.locator("#tried-said");
    assertThat(said).hasText(Pattern.compile("0 of \\d+ scores change.*"));
    String before = page.inputValue("#text");
    page.locator("#range-0").fill("27");
    assertThat(page.locator("#points-0")).hasValue("27");
    assertThat(said).hasText(Pattern.compile("[1-9]\\d* of \\d+ scores change.*"));
    assertThat(page.inputValue("#text"))
        .isEqualTo(before.replaceFirst("points: 9\n", "points: 27\n"))
        .contains("# Change points, caps and windows freely");
    assertThat(page.locator("#up tr").first().innerText()).contains("+");
    assertThat(page.locator("#saved")).hasText("Not saved");
    Download file = page.waitForDownload(() -> page.locator("#csv button").click());
    List<String> lines = Files.readAllLines(file.path());
    assertThat(lines.getFirst()).isEqualTo("subject,before,after,band_before,band_after");
    assertThat(said.innerText()).startsWith((lines.size() - 1) + " of ");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/models-dragged.png")));
  }

  @Test
  void a_fault_is_told_at_its_line_while_one_types_and_the_form_follows_the_text() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    assertThat(page.locator("#points-0")).hasValue("9");
    String before = page.inputValue("#text");
    page.locator("#text").fill(before.replaceFirst("points: 9\n", "pionts: 9\n"));
    int line = before.substring(0, before.indexOf("points: 9\n")).split("\n", -1).length;
    assertThat(page.locator("#notes li.bad").last())
        .hasText(Pattern.compile("Line " + line + ".*did you mean 'points'\\?"));
    assertThat(page.locator("#lines .bad").last()).hasText(String.valueOf(line));
    page.locator("#text").fill(before.replaceFirst("points: 9\n", "points: 11\n"));
    assertThat(page.locator("#points-0")).hasValue("11");
    assertThat(page.locator("#notes li.bad")).hasCount(0);
  }

  @Test
  void examples_are_run_and_told_green_and_red() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    assertThat(page.locator("#points-0")).hasValue("9");
    page.locator("#run").click();
    assertThat(page.locator("#tests-told")).hasText("All 5 pass");
    page.locator("#points-0").fill("10");
    page.locator("#run").click();
    assertThat(page.locator("#tests-told")).hasText("1 fails");
    assertThat(page.locator("#tests li.bad")).containsText("expected 20.565");
  }

  @Test
  void a_draft_of_somebody_else_is_not_written_over() throws IOException {
    Path file = folder.resolve("models/renewal-health.yaml");
    Page page = open(Role.ANALYST, "/models/renewal-health/edit");
    page.waitForCondition(() -> page.locator("#rules .rule").count() > 0);
    String theirs = Files.readString(file) + "# theirs\n";
    Files.writeString(file, theirs);
    page.locator("#text").fill(page.inputValue("#text") + "# mine\n");
    assertThat(page.locator("#told")).not().isEmpty();
    page.locator("#save").click();
    assertThat(page.locator("#conflict")).isVisible();
    assertThat(Files.readString(file)).isEqualTo(theirs);
    page.locator("#mine").click();
    assertThat(page.locator("#saved")).hasText("Saved");
    assertThat(Files.readString(file)).endsWith("# mine\n");
  }

  @Test
  void a_viewer_sees_what_is_in_force_and_can_change_nothing() {
    Page page = open(Role.VIEWER, MODEL);
    assertThat(page.locator("main")).containsText("Only analysts try and change models");
    assertThat(page.locator("main .head .button").count()).isZero();
    browser.expectError("403");
    assertThat(page.navigate(company.url() + MODEL + "/edit").status()).isEqualTo(403);
    assertThat(page.navigate(company.url() + "/models/-propose").status()).isEqualTo(403);
    assertThat(page.navigate(company.url() + "/models/nothing").status()).isEqualTo(404);
    browser.expectError("404");
  }

  @Test
  void rules_come_and_go_by_the_form() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    page.waitForCondition(() -> page.locator("#rules .rule").count() > 0);
    int rules = page.locator("#rules .rule").count();
    page.locator("#add-event").fill("O'Brien's <b>\"event\"</b>");
    page.locator("#add button").click();
    assertThat(page.locator("#rules .rule")).hasCount(rules + 1);
    assertThat(page.locator("#rules .rule").last()).containsText("O'Brien's <b>\"event\"</b>");
    page.locator("#rules .rule").last().locator("header button").click();
    assertThat(page.locator("#rules .rule")).hasCount(rules);
    page.locator("#rules summary").first().click();
    page.locator("#per_day-0").fill("");
    page.waitForCondition(() -> !page.inputValue("#text").contains("points: 9\n    cap:"));
  }

  @Test
  void windows_groups_and_bands_change_by_the_form_and_a_fault_stands_at_its_field() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    Locator said = page.locator("#tried-said");
    assertThat(said).hasText(Pattern.compile("0 of \\d+ scores change.*"));
    page.locator("[data-place=a0] summary").click();
    page.locator("#window-0").fill("900");
    assertThat(page.locator("[data-edit='a0|window'] .error")).containsText("between 1d and 730d");
    assertThat(page.locator("#notes li.bad")).hasCount(1);
    assertThat(page.locator("#window-0")).hasAttribute("aria-invalid", "true");
    InBrowser.isAccessible(page);
    page.locator("#window-0").fill("90");
    assertThat(page.locator(".edit-fault")).hasCount(0);
    assertThat(said).hasText(Pattern.compile("[1-9]\\d* of \\d+ scores change.*"));
    page.locator("#decay-kind-a0").selectOption("linear");
    page.locator("#decay-days-a0").fill("45");
    page.locator("#unit-kind-a0").selectOption("distinct");
    page.locator("#unit-path-a0").fill("properties.place");
    page.locator("#max-g0").fill("60");
    page.locator("#add-group-name").fill("New one");
    page.locator("#add-group button").click();
    page.waitForCondition(() -> page.inputValue("#text").contains("{name: new_one, cap"));
    page.locator("#group-0").selectOption("new_one");
    page.locator("[data-place=b1] summary").click();
    page.locator("#bound-b1").fill("45");
    page.locator("#advice-b1").fill("Ring them: \"hello\"");
    page.locator("#add-band").click();
    assertThat(page.locator("#bands .rule")).hasCount(6);
    page.waitForCondition(() -> page.inputValue("#text").contains("band_5"));
    assertThat(page.inputValue("#text"))
        .contains("# How engaged each customer is", "window: 90d", "decay: {linear: 45d}")
        .contains("unit: {distinct: properties.place}", "cap: {max: 60}", "group: new_one")
        .contains("to: 45", "en: 'Ring them: \"hello\"'", "es: Muestre una función");
    assertThat(page.locator("#notes li.bad")).hasCount(0);
    assertThat(page.locator("#decay-kind-a0")).hasValue("linear");
    page.locator("#usual-bands").click();
    assertThat(page.locator("#own-bands")).isVisible();
    InBrowser.isAccessible(page);
  }

  @Test
  void an_answer_that_comes_late_takes_nothing_back_that_was_chosen_since() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    assertThat(page.locator("#tried-said")).hasText(Pattern.compile("0 of \\d+ scores change.*"));
    page.locator("[data-place=a0] summary").click();
    List<Route> held = new ArrayList<>();
    page.route("**/try", held::add);
    page.locator("#window-0").fill("60");
    page.waitForCondition(() -> !held.isEmpty());
    page.locator("#unit-kind-a0").selectOption("distinct");
    page.locator("#goal-0").fill("7");
    page.locator("#goal-0").blur();
    page.unroute("**/try");
    page.waitForResponse("**/try", held.getFirst()::resume);
    page.waitForCondition(() -> page.inputValue("#text").contains("goal: 7"));
    assertThat(page.locator("#goal-0")).hasValue("7");
    assertThat(page.locator("#unit-kind-a0")).hasValue("distinct");
    page.locator("#unit-path-a0").fill("properties.place");
    page.waitForCondition(
        () -> page.inputValue("#text").contains("unit: {distinct: properties.place}"));
  }

  @Test
  void who_moves_leads_to_customers_and_each_way_between_bands_to_those_who_go_it() {
    Page page = open(Role.ANALYST, MODEL + "/edit");
    page.locator("#points-0").fill("60");
    Locator way = page.locator("#flows button").first();
    assertThat(way).containsText(" to ");
    String name = page.locator("#up a").first().innerText();
    Page customer = page.waitForPopup(() -> page.locator("#up a").first().click());
    assertThat(customer.locator("main")).containsText(name);
    customer.close();
    int going = Integer.parseInt(way.innerText().split(" ", 2)[0]);
    way.click();
    assertThat(page.locator("#flow-rows tr")).hasCount(Math.min(50, going));
    assertThat(way).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("#flow-rows a").first())
        .hasAttribute("href", Pattern.compile("/customers/[\\w-]+"));
    InBrowser.isAccessible(page);
    way.click();
    assertThat(page.locator("#flow-table")).isHidden();
  }

  @Test
  void the_proposal_has_its_numbers_as_a_file_and_who_is_behind_a_rule() throws IOException {
    Page page = open(Role.ANALYST, "/models/-propose");
    Download file = page.waitForDownload(() -> page.locator("[formaction$='preview.csv']").click());
    List<String> lines = Files.readAllLines(file.path());
    assertThat(lines.getFirst()).isEqualTo("from,to,customers,band");
    assertThat(lines.size()).isGreaterThan(5);
    Locator rule = page.locator(".rule-row", new Page.LocatorOptions().setHas(page.locator("a")));
    Page list = page.waitForPopup(() -> rule.first().locator("a").click());
    assertThat(list.url()).contains("/customers?view=");
    assertThat(list.locator("tbody tr").first()).isVisible();
  }
}
