package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The pages on data, used as people use them.
class DataPagesTest extends DataWorld {
  @Test
  void events_appear_by_themselves_and_hostile_ones_are_texts() throws Exception {
    String key = key("shop");
    track(key, "Old Event", "ann");
    Page page = open("/data?source=shop", Role.MANAGER);
    until(page, "Old Event");
    track(key, HOSTILE, "<b>bob</b>");
    Locator first = page.locator("#live-rows > li").first();
    assertThat(first.locator("summary b")).hasText(HOSTILE);
    assertThat(first.locator(".of")).hasText("<b>bob</b>");
    first.locator("summary").click();
    assertThat(first.locator("dd a").first())
        .hasAttribute("href", java.util.regex.Pattern.compile("/customers/[A-Za-z0-9_-]{22}"));
    assertThat(first.locator("pre.body").first()).containsText("onerror=");
    isUnharmed(page);
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/live-hostile");
  }

  @Test
  void the_stream_can_be_filtered_and_paused() throws Exception {
    String key = key("app");
    track(key, "Opened", "carl");
    track(key, "Closed", "dora");
    Page page = open("/data?source=app", Role.VIEWER);
    until(page, "Closed");
    page.fill("#live-text", "OPEN");
    page.click(".filters button");
    assertThat(page.locator("#live-rows > li")).hasCount(1);
    assertThat(page.locator("#live-rows")).containsText("Opened");
    assertThat(page.url()).contains("/data?view=").doesNotContain("OPEN");
    track(key, "Reopened", "carl");
    track(key, "Closed", "carl");
    assertThat(page.locator("#live-rows > li")).hasCount(2);
    page.click("[data-live=pause]");
    track(key, "Opened Late", "carl");
    page.waitForTimeout(2_600);
    assertThat(page.locator("#live-rows > li")).hasCount(2);
    page.click("[data-live=pause]");
    assertThat(page.locator("#live-rows > li")).hasCount(3);
    page.fill("#live-text", "nothing like this");
    page.click(".filters button");
    assertThat(page.locator(".when-none")).isVisible();
    InBrowser.isAccessible(page);
  }

  @Test
  void what_records_hold_is_for_managers() throws Exception {
    track(key("secretive"), "Quiet", "erin");
    Page viewer = open("/data?source=secretive", Role.ANALYST);
    until(viewer, "Quiet");
    viewer.click("#live-rows summary");
    assertThat(viewer.locator("#live-rows")).not().containsText("p Quiet");
    assertThat(viewer.locator("#live-rows")).containsText("Managers and administrators");
    Page manager = open("/data?source=secretive", Role.MANAGER);
    manager.click("#live-rows summary");
    assertThat(manager.locator("#live-rows")).containsText("p Quiet");
  }

  @Test
  void a_key_is_made_rotated_and_revoked() throws Exception {
    browser.expectError("status of 422");
    Page page = open("/data/sources", Role.ADMIN);
    page.fill("#key-source", "web <1>");
    page.check("input[name=kind][value=browser]");
    page.fill("#key-origins", "www.example.com");
    page.click(".new-key button");
    assertThat(page.locator("[role=alert]")).containsText("'www.example.com' is no origin");
    page.fill("#key-source", "web <1>");
    page.check("input[name=kind][value=browser]");
    page.fill("#key-origins", "https://www.example.com\nhttps://shop.example.com");
    page.click(".new-key button");
    String value = page.innerText("#made-key");
    assertThat(value).startsWith("pub_");
    assertThat(page.locator("#code-pulso")).containsText("data-key=\"" + value + "\"");
    assertThat(page.locator("h2.big")).hasText("web <1>");
    assertThat(page.url()).contains("/data/source?name=web%20%3C1%3E");
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/source-made");
    String call = "{\"anonymousId\":\"a1\",\"event\":\"Seen\"}";
    assertThat(send(value, "track", call, "https://shop.example.com")).isEqualTo(200);
    assertThat(send(value, "track", call, "https://else.example.com")).isEqualTo(403);

    page.reload();
    assertThat(page.locator("body")).not().containsText(value);
    page.click("text=Rotate");
    String other = page.innerText("#made-key");
    assertThat(other).startsWith("pub_").isNotEqualTo(value);
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.onDialog(Dialog::accept);
    page.locator("tbody tr", new Page.LocatorOptions().setHasText(hint(value)))
        .locator("text=Revoke")
        .click();
    assertThat(page.locator("tbody .pill")).hasText("revoked");
    assertThat(send(value, "track", call)).isEqualTo(401);
    assertThat(send(other, "track", call)).isEqualTo(200);
  }

  private static String hint(String value) {
    return value.substring(value.length() - 4);
  }

  @Test
  void keys_are_for_administrators() {
    Page page = open("/data/sources", Role.MANAGER);
    assertThat(page.locator(".new-key")).hasCount(0);
    browser.expectError("status of 403");
    Object status =
        page.evaluate(
            """
            () => fetch('/data/keys', {method: 'POST', body: 'source=x', headers: {
              'Content-Type': 'application/x-www-form-urlencoded', 'HX-Request': 'true',
              'X-CSRF': document.querySelector('meta[name=csrf]').content}}).then(r => r.status)
            """);
    assertThat(status).isEqualTo(403);
  }

  @Test
  void a_rejected_record_is_put_right_and_sent_again() throws Exception {
    String key = key("broken");
    String bad = "{\"event\":%s,\"properties\":{\"n\":1}}".formatted(quoted(HOSTILE));
    assertThat(send(key, "track", bad)).isEqualTo(400);
    Page page = open("/data/rejected?source=broken", Role.MANAGER);
    until(page, "No id");
    Locator row = page.locator("ol.events > li").first();
    row.locator("summary").click();
    Locator body = row.locator("textarea");
    assertThat(body).hasValue(java.util.regex.Pattern.compile(".*onerror.*"));
    isUnharmed(page);
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/rejected-one");
    row.locator("button.primary").click();
    assertThat(row.locator(".note")).containsText("rejected again: No id");

    page.reload();
    page.locator("ol.events > li summary").first().click();
    page.locator("ol.events textarea")
        .first()
        .fill(bad.replaceFirst("\\{", "{\"userId\":\"fixed\","));
    page.locator("ol.events button.primary").first().click();
    assertThat(page.locator(".note.good")).containsText("1 stored");
    page.reload();
    assertThat(page.locator("#part")).containsText("Nothing is waiting");
    page.navigate(company().url() + "/data?source=broken");
    assertThat(page.locator("#live-rows")).containsText("fixed");
    isUnharmed(page);
  }

  @Test
  void all_records_of_a_reason_are_read_again() throws Exception {
    String key = key("many");
    for (int i = 0; i < 3; i++) {
      assertThat(send(key, "track", "{\"event\":\"E%d\"}".formatted(i))).isEqualTo(400);
    }
    assertThat(send(key, "track", "{\"userId\":\"u\"}")).isEqualTo(400);
    Page page = open("/data/rejected?source=many&reason=no_id", Role.MANAGER);
    until(page, "Read 3 again");
    page.onDialog(Dialog::accept);
    page.click("text=Read 3 again");
    assertThat(page.locator(".note.warn")).containsText("3 rejected again: No id");
    assertThat(page.locator("ol.events > li")).hasCount(3);
  }

  @Test
  void rejected_bodies_are_for_managers() throws Exception {
    String key = key("bodies");
    assertThat(send(key, "track", "{\"event\":\"Private Words\"}")).isEqualTo(400);
    Page page = open("/data/rejected?source=bodies", Role.VIEWER);
    until(page, "No id");
    page.locator("ol.events > li summary").first().click();
    assertThat(page.locator("ol.events")).containsText("Managers and administrators");
    assertThat(page.locator("body")).not().containsText("Private Words");
    assertThat(page.request().get(company().url() + "/data/rejected/one?no=1").status())
        .isEqualTo(403);
  }

  @Test
  void a_file_is_imported_and_one_that_cannot_be_says_why() {
    browser.expectError("status of 422");
    String rows =
        IntStream.range(0, 500)
            .mapToObj(i -> "u%d,Login,2026-03-01T10:00:00Z".formatted(i))
            .collect(Collectors.joining("\n"));
    Page page = open("/data/imports", Role.MANAGER);
    assertThat(page.locator("#imports")).containsText("No file was sent");
    upload(page, "events.csv", "user_id,event,time\n" + rows + "\n,Login,2026-03-01T10:00:00Z\n");
    assertThat(page.locator("#imports .pill")).hasText("done");
    assertThat(page.locator("#imports"))
        .containsText("501 records: 500 stored, 0 duplicates · 1 rejected");
    page.reload();
    assertThat(page.locator("#imports")).containsText("events.csv");
    upload(page, "no <b>table.json", "nothing that is JSON");
    assertThat(page.locator("#imports li")).hasCount(2);
    assertThat(page.locator("#imports li").first().locator(".pill"))
        .hasText(java.util.regex.Pattern.compile("failed|done"));
    page.click("text=More options");
    page.fill("#import-map", "no mapping");
    upload(page, "other.csv", "a,b\n1,2\n");
    assertThat(page.locator("#imports [role=alert]")).containsText("'no mapping' is no mapping");
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/imports-done");
    Page viewer = open("/data/imports", Role.VIEWER);
    assertThat(viewer.locator("#import-file")).hasCount(0);
    assertThat(viewer.locator("#imports")).containsText("events.csv");
  }

  private static void upload(Page page, String name, String text) {
    page.setInputFiles(
        "#import-file", new FilePayload(name, "text/plain", text.getBytes(StandardCharsets.UTF_8)));
    page.click("form[data-upload] button.primary");
  }

  @Test
  void what_a_rule_leaves_out_is_seen_and_let_back_in() throws Exception {
    Page keys = open("/data/sources", Role.ADMIN);
    keys.fill("#key-source", "crawled");
    keys.check("input[name=kind][value=browser]");
    keys.click(".new-key button");
    String key = keys.innerText("#made-key");
    String call =
        "{\"userId\":\"robot\",\"event\":%s,\"context\":{\"userAgent\":\"Googlebot/2.1 <b>\"}}"
            .formatted(quoted(HOSTILE));
    assertThat(send(key, "track", call)).isEqualTo(200);
    Page page = open("/data/quality?rule=bots", Role.MANAGER);
    until(page, "Googlebot/2.1 <b>");
    page.fill("#of", "nobody");
    page.click(".filters button");
    assertThat(page.locator("#part")).containsText("Nothing is left out");
    page.fill("#of", "robot");
    page.click(".filters button");
    assertThat(page.url()).contains("rule=bots&view=").doesNotContain("robot");
    assertThat(page.locator("tbody th").first()).hasText(HOSTILE);
    isUnharmed(page);
    InBrowser.isAccessible(page);
    InBrowser.picture(page, "data/quality-left-out");
    page.click("text=Let this customer in");
    assertThat(page.locator(".note.good")).containsText("1 record counts otherwise");
    assertThat(page.locator("#part")).containsText("Nothing is left out");
    page.click("text=Take back");
    assertThat(page.locator("#part")).containsText("Googlebot/2.1 <b>");
    Page viewer = open("/data/quality", Role.VIEWER);
    assertThat(viewer.locator("text=Let this customer in")).hasCount(0);
  }

  @Test
  void who_sees_some_accounts_only_is_shut_out() {
    Person person =
        company()
            .server()
            .people()
            .add(
                new People.Wanted(
                    "some@example.com", "Some", Role.ADMIN, "account.owner == me", "en"));
    BrowserContext context = browser.context(Look.LIGHT);
    String cookie = company().server().sessions().start(person, "127.0.0.1").cookieValue();
    context.addCookies(List.of(new Cookie("pulso", cookie).setUrl(company().url())));
    browser.expectError("status of 403");
    Page page = context.newPage();
    for (String tab : List.of("", "/sources", "/rejected", "/imports", "/quality", "/coverage")) {
      assertThat(page.navigate(company().url() + "/data" + tab).status()).isEqualTo(403);
      assertThat(page.locator("body")).containsText("everybody’s data");
    }
    InBrowser.isAccessible(page);
  }
}
