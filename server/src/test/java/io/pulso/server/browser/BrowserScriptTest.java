package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.pulso.server.app.Running.Ask;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `/pulso.js` tells of a site, as the server keeps it.
class BrowserScriptTest extends SampleShop {
  private static final int MOST_BYTES = 6_000;

  @Test
  void the_script_is_small_and_kept_for_an_hour() throws Exception {
    HttpResponse<String> answer = server().send(new Ask("GET", "/pulso.js", "", ""));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
        .startsWith("public, max-age=3600");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(packed.size()).isBetween(1_000, MOST_BYTES);
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server().send(new Ask("GET", "/pulso.js", "", ""), "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    HttpResponse<byte[]> sent =
        server()
            .client()
            .send(
                HttpRequest.newBuilder(URI.create(server().url() + "/pulso.js"))
                    .header("Accept-Encoding", "gzip")
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(sent.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(sent.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(sent.body()).hasSizeLessThan(MOST_BYTES);
  }

  @Test
  void the_script_makes_no_html_and_runs_no_texts() throws Exception {
    String text = server().send(new Ask("GET", "/pulso.js", "", "")).body();
    assertThat(text)
        .contains("sendBeacon")
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(")
        .doesNotContain("new Function", "createElement", "srcdoc");
  }

  @Test
  void a_visit_becomes_a_score() throws Exception {
    site("", "<button data-pulso='Trial Requested'>Try it</button>");
    Page page = visit("/prices?utm_campaign=spring&utm_source=mail&secret=1#top");
    page.evaluate("pulso('identify', 'ann', {plan: 'pro'})");
    page.click("button");
    List<JsonNode> events = events(page, 3);
    assertThat(names(events)).containsExactlyInAnyOrder("page", "identify", "Trial Requested");
    JsonNode seen = named("page", events).getFirst();
    assertThat(seen.at("/properties/path").asString()).isEqualTo("/prices");
    assertThat(seen.at("/context/page/title").asString()).isEqualTo("Shop");
    assertThat(seen.at("/context/campaign/name").asString()).isEqualTo("spring");
    assertThat(seen.at("/context/userAgent").asString()).contains("Chrome");
    assertThat(seen.toString()).doesNotContain("secret", "#top", key());
    assertThat(seen.path("anonymousId").asString()).hasSize(32);
    assertThat(texts(events, "/anonymousId").stream().distinct()).hasSize(1);
    String score = server().until("/api/v1/customers/ann/score?model=site", "\"score\":32");
    assertThat(score).contains("\"subject\":\"ann\"");
  }

  @Test
  void each_route_of_a_single_page_application_is_a_page() throws Exception {
    // On a slow machine a page is looked at for so long that its time is told too.
    site("data-time=off", "<p>one page</p>");
    Page page = visit("/a");
    page.evaluate("history.pushState({}, '', '/b')");
    page.waitForTimeout(20);
    page.evaluate("history.pushState({}, '', '/b?sort=name#x')");
    page.waitForTimeout(20);
    page.evaluate("history.replaceState({}, '', '/c')");
    page.waitForTimeout(20);
    page.goBack();
    List<JsonNode> events = events(page, 4);
    assertThat(texts(events, "/properties/path")).containsExactly("/a", "/b", "/c", "/b");
    assertThat(texts(events, "/properties/referrer"))
        .containsExactly("", origin() + "/a", origin() + "/b", origin() + "/c");
  }

  @Test
  void hashes_are_routes_where_the_site_says_so() throws Exception {
    site("data-hash data-time=off", "<p>one page</p>");
    Page page = visit("/#/inbox");
    page.evaluate("location.hash = '#/sent'");
    assertThat(texts(events(page, 2), "/properties/url"))
        .containsExactly(origin() + "/#/inbox", origin() + "/#/sent");
  }

  @Test
  void a_session_ends_after_half_an_hour_of_silence() throws Exception {
    site("data-time=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    Page page = visit(visitor, "/");
    page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    page.evaluate("pulso('track', 'Early')");
    page.clock().runFor(30 * 60_000);
    page.evaluate("pulso('track', 'Just In Time')");
    page.clock().runFor(30 * 60_000 + 1);
    page.evaluate("pulso('track', 'Late')");
    page.clock().resume();
    List<JsonNode> events = events(page, 4);
    List<String> sessions = texts(events, "/context/sessionId");
    assertThat(sessions.get(0)).isEqualTo(sessions.get(1)).isEqualTo(sessions.get(2));
    assertThat(sessions.get(3)).isNotEqualTo(sessions.get(0));
    assertThat(texts(events, "/context/sessionStart")).containsExactly("true", "", "", "true");
  }

  @Test
  void time_counts_while_somebody_is_there_and_is_sent_when_the_page_is_left() throws Exception {
    site("", "<p style='height:5000px'>long</p>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    Page page = visit(visitor, "/long");
    page.clock().runFor(20_000);
    page.mouse().wheel(0, 100);
    page.waitForFunction("scrollY > 0");
    page.clock().runFor(10_000);
    page.keyboard().press("ArrowDown");
    page.clock().runFor(10 * 60_000);
    page.navigate("about:blank");
    List<JsonNode> events = events(2);
    assertThat(names(events)).containsExactlyInAnyOrder("page", "Time Spent");
    JsonNode time = named("Time Spent", events).getFirst();
    // Twenty and ten seconds, half a minute after the last sign of life, and what the test took.
    assertThat(time.at("/properties/seconds").asInt()).isBetween(60, 75);
    assertThat(time.at("/properties/minutes").asDouble()).isBetween(1.0, 1.25);
    assertThat(time.at("/properties/path").asString()).isEqualTo("/long");
  }

  @Test
  void a_hidden_page_sends_what_waits_by_beacon() throws Exception {
    site("data-time=off", "<p>text</p>");
    Page page = visit("/");
    page.evaluate(
        """
        () => {
          window.beacons = [];
          const send = navigator.sendBeacon.bind(navigator);
          navigator.sendBeacon = (url, body) => { beacons.push(body); return send(url, body); };
          Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'});
          pulso('track', 'Last Word');
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """);
    assertThat(page.evaluate("beacons.length")).isEqualTo(1);
    assertThat(names(events(page, 2))).containsExactly("page", "Last Word");
    assertThat(requests()).filteredOn(each -> each.startsWith("POST")).hasSize(1);
  }

  @Test
  void clicks_count_on_marked_elements_alone() throws Exception {
    site(
        "data-pages=off",
        """
        <a href='#more' data-pulso='Docs Opened' data-pulso-chapter-no='3' data-pulso-size='12 KB'>
          <b id=inner>docs</b></a>
        <button id=plain>not marked</button>
        <form data-pulso='Newsletter Ordered' onsubmit='return false'>
          <input id=field name=mail value=a@b.example><button id=send>send</button></form>
        """);
    Page page = visit("/");
    page.click("#plain");
    page.click("#field");
    page.click("#inner");
    page.click("#send");
    List<JsonNode> events = events(page, 2);
    assertThat(names(events)).containsExactly("Docs Opened", "Newsletter Ordered");
    assertThat(events.getFirst().path("properties").toString())
        .isEqualTo("{\"chapter_no\":3,\"size\":\"12 KB\"}");
    assertThat(events.toString()).doesNotContain("a@b.example");
  }

  @Test
  void calls_before_the_script_is_there_are_kept() throws Exception {
    raw(
        """
        <script>
          window.pulso = window.pulso || function () { (pulso.q = pulso.q || []).push(arguments); };
          pulso('identify', 'bob');
          pulso('group', 'acme', {seats: 5});
          pulso('track', 'Early Bird');
        </script>
        """
            + script(key(), ""),
        "<p>text</p>");
    Page page = visit("/");
    List<JsonNode> events = events(page, 4);
    assertThat(names(events)).containsExactlyInAnyOrder("page", "identify", "group", "Early Bird");
    assertThat(texts(named("page", events), "/userId")).containsExactly("");
    assertThat(texts(named("identify", events), "/userId")).containsExactly("bob");
    assertThat(texts(named("Early Bird", events), "/userId")).containsExactly("bob");
    assertThat(texts(named("Early Bird", events), "/context/groupId")).containsExactly("acme");
    assertThat(server().until("/api/v1/accounts/acme", "\"seats\":5")).contains("bob");
  }

  @Test
  void another_user_is_another_visitor() throws Exception {
    site("data-pages=off", "<p>text</p>");
    Page page = visit("/");
    page.evaluate(
        """
        () => {
          pulso('track', '1'); pulso('identify', 'carl'); pulso.identify('carl', {a: 1});
          pulso('track', '2'); pulso('identify', 'dora'); pulso('track', '3');
          pulso('reset'); pulso('track', '4');
        }
        """);
    List<JsonNode> events =
        events(page, 7).stream()
            .filter(event -> event.has("event"))
            .sorted(Comparator.comparing(event -> event.path("event").asString()))
            .toList();
    List<String> visitors = texts(events, "/anonymousId");
    assertThat(visitors.get(0)).isEqualTo(visitors.get(1));
    assertThat(visitors.subList(1, 4)).doesNotHaveDuplicates();
    assertThat(texts(events, "/userId")).containsExactly("", "carl", "dora", "");
  }

  @Test
  void a_proof_of_identity_goes_along() {
    site("data-pages=off", "<p>text</p>");
    Page page = visit("/");
    String body =
        page.waitForRequest(
                request -> request.url().endsWith("/v1/batch"),
                () -> page.evaluate("pulso('token', 'a.b.c'); pulso('identify', 'ann')"))
            .postData();
    assertThat(body).contains("\"userToken\":\"a.b.c\"");
    assertThat(kept(page)).doesNotContain("a.b.c");
  }

  @Test
  void hostile_texts_are_kept_as_texts() throws Exception {
    String hostile =
        "<img src=x onerror=\"pulso('track','Broken')\">'${7*7}\u2028</script>\ud83d\ude00";
    site("data-pages=off", "<button id=b>b</button>");
    Page page = visit("/?q=%3Cscript%3Ealert(1)%3C/script%3E#%22%3E");
    page.evaluate(
        """
        text => {
          b.setAttribute('data-pulso', text);
          b.setAttribute('data-pulso-__proto__', text);
          b.click();
          pulso('track', text, {[text]: {deep: text}, constructor: text});
          pulso('nothing'); pulso('__proto__'); pulso('constructor', 'x');
          const round = {}; round.self = round;
          pulso('track', 'Round', round);
        }
        """,
        hostile);
    List<JsonNode> events = events(page, 2);
    assertThat(names(events)).containsExactly(hostile, hostile);
    assertThat(events.get(1).path("properties").path(hostile).path("deep").asString())
        .isEqualTo(hostile);
    assertThat(page.locator("img").count()).isZero();
    assertThat(page.locator("body > *").count()).isEqualTo(1);
  }

  @Test
  void an_event_keeps_the_time_at_which_it_happened() throws Exception {
    site("", "<p>text</p>");
    Instant before = Instant.now();
    Page page = visit("/");
    Instant happened = Instant.parse(events(page, 1).getFirst().path("timestamp").asString());
    assertThat(happened).isBetween(before.minusSeconds(2), Instant.now());
  }

  @Test
  void a_wrong_key_is_told_and_not_tried_again() {
    browser.expectError("status of 401");
    raw(script("pub_unknown-key", ""), "<p>text</p>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    Page page = visitor.newPage();
    String warning =
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                    .setPredicate(message -> message.type().equals("warning")),
                () -> {
                  page.navigate(origin() + "/");
                  running(page);
                  page.clock().runFor(2_000);
                })
            .text();
    assertThat(warning).contains("401");
    page.clock().runFor(600_000);
    assertThat(requests()).containsExactly("GET /pulso.js", "POST /v1/batch");
    assertThat(kept(page)).doesNotContain("messageId");
  }
}
