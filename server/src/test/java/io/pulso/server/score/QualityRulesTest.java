package io.pulso.server.score;

import static io.pulso.server.score.QualityWorld.identify;
import static io.pulso.server.score.QualityWorld.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.server.score.QualityWorld.Sent;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Networks;
import io.pulso.server.store.QualityRules;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each quality rule leaves out, to the microsecond.
class QualityRulesTest {
  private static final String CRAWLER =
      "{\"userAgent\":\"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)\"}";
  private static final String HUMAN =
      "{\"userAgent\":\"Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36\"}";

  @TempDir private Path folder;

  static QualityRules own(
      List<String> domains,
      List<String> networks,
      @Nullable String people,
      @Nullable String match) {
    return new QualityRules(
        false,
        QualityRules.NONE.mail(),
        new QualityRules.Internal(
            domains,
            Networks.of(networks),
            people == null ? null : expression(people, Cel.Scope.SUBJECT),
            match == null ? null : expression(match, Cel.Scope.EVENT)),
        0);
  }

  private static Expression expression(String text, Cel.Scope scope) {
    return Cel.read(text, scope);
  }

  private static Sent mail(String message, String event, double second, String... link) {
    String properties =
        link.length == 0
            ? "{\"campaign_id\":\"c1\"}"
            : "{\"campaign_id\":\"c1\",\"link_url\":\"%s\"}".formatted(link[0]);
    return track("esp", message, "ann", null, event, second, properties, null);
  }

  private static Sent delivered(String message, double second) {
    return mail(message, "Email Delivered", second);
  }

  private static Sent opened(String message, double second) {
    return mail(message, "Email Opened", second);
  }

  private static Sent clicked(String message, double second, String link) {
    return mail(message, "Email Link Clicked", second, link);
  }

  @Test
  void a_crawler_in_a_browser_is_left_out_with_its_calls() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.USUAL)) {
      world.send(
          track("web", "bot", null, "b1", "Login", 0, null, CRAWLER),
          track("web", "human", null, "b2", "Login", 0, null, HUMAN),
          track("web", "none", null, "b3", "Login", 0, null, null),
          track("web", "empty", null, "b4", "Login", 0, null, "{\"userAgent\":\"\"}"),
          track("web", "number", null, "b5", "Login", 0, null, "{\"userAgent\":7}"),
          track("api", "server", "s1", null, "Login", 0, null, CRAWLER));
      world.send(
          QualityWorld.sent(
              "web",
              "call",
              io.pulso.engine.event.EventType.IDENTIFY,
              new String @Nullable [] {"b6", null, null, null},
              null,
              1,
              new String @Nullable [] {null, CRAWLER, "{\"plan\":\"pro\"}"}));
      assertThat(world.excluded()).containsOnlyKeys("bot", "call").containsValue("bot");
      assertThat(world.verify().differences()).isEmpty();
      assertThat(world.derived()).noneMatch(line -> line.contains("b1") || line.contains("b6"));
    }
  }

  @Test
  void three_links_within_ten_seconds_are_a_scanner_and_the_whole_run_goes() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.USUAL)) {
      world.send(
          delivered("d", 0),
          opened("o1", 100),
          clicked("k1", 105, "a"),
          clicked("k2", 110, "b"),
          clicked("k3", 115, "c"),
          opened("o2", 125),
          opened("o3", 125.000001),
          clicked("k4", 4000, "a"));
      assertThat(world.excluded())
          .containsOnlyKeys("o1", "k1", "k2", "k3", "o2")
          .containsEntry("o1", "mail_scanner");
      assertThat(world.verify().differences()).isEmpty();
    }
  }

  @Test
  void slower_clicks_the_same_link_and_other_mails_are_people() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.USUAL)) {
      world.send(
          clicked("k1", 0, "a"),
          clicked("k2", 5, "b"),
          clicked("k3", 10.000001, "c"),
          clicked("s1", 100, "a"),
          clicked("s2", 101, "a"),
          clicked("s3", 102, "a"));
      world.send(
          track(
              "esp",
              "m1",
              "bob",
              null,
              "Email Link Clicked",
              1,
              "{\"email_id\":\"1\",\"url\":\"a\"}",
              null),
          track(
              "esp",
              "m2",
              "bob",
              null,
              "Email Link Clicked",
              2,
              "{\"email_id\":\"2\",\"url\":\"b\"}",
              null),
          track(
              "esp",
              "m3",
              "bob",
              null,
              "Email Link Clicked",
              3,
              "{\"email_id\":\"3\",\"url\":\"c\"}",
              null));
      assertThat(world.excluded()).isEmpty();
    }
  }

  @Test
  void an_open_and_a_click_within_two_seconds_of_delivery_are_a_scanner() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.USUAL)) {
      world.send(delivered("d1", 0), opened("o1", 1), clicked("k1", 2, "a"), opened("near", 11));
      world.send(delivered("d2", 1000), opened("o2", 1001), clicked("k2", 1002.000001, "a"));
      world.send(delivered("d3", 2000), opened("o3", 2001));
      assertThat(world.excluded()).containsOnlyKeys("o1", "k1", "near");
    }
  }

  @Test
  void dates_without_a_time_of_day_begin_no_run() {
    // 23:00 UTC is midnight in Berlin.
    double midnight = 13 * 3600;
    try (QualityWorld world = new QualityWorld(folder, QualityRules.USUAL)) {
      world.imported(
          "files",
          delivered("d", midnight),
          opened("o", midnight),
          clicked("k1", midnight, "a"),
          clicked("k2", midnight, "b"),
          clicked("k3", midnight, "c"),
          delivered("d2", midnight + 3600),
          opened("o2", midnight + 3600),
          clicked("k4", midnight + 3600, "a"));
      assertThat(world.excluded()).isEmpty();
      world.imported(
          "files",
          delivered("e", midnight + 1),
          opened("p", midnight + 1),
          clicked("l1", midnight + 1, "a"));
      assertThat(world.excluded()).containsOnlyKeys("o", "k1", "k2", "k3", "p", "l1");
    }
  }

  @Test
  void a_click_from_a_scanners_network_and_opens_of_image_prefetchers_are_machines() {
    QualityRules rules =
        new QualityRules(
            true,
            new QualityRules.Mail(
                true, Networks.of(List.of("203.0.113.0/24")), List.of("Mozilla/5.0", "*Proxy*")),
            QualityRules.NONE.internal(),
            0);
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          track(
              "esp", "k1", "ann", null, "Email Link Clicked", 0, null, "{\"ip\":\"203.0.113.9\"}"),
          opened("o0", 500),
          track(
              "esp", "k2", "bob", null, "Email Link Clicked", 0, null, "{\"ip\":\"203.0.114.9\"}"),
          track(
              "esp", "o1", "bob", null, "Email Opened", 0, null, "{\"userAgent\":\"Mozilla/5.0\"}"),
          track(
              "esp",
              "o2",
              "bob",
              null,
              "Email Opened",
              50,
              null,
              "{\"userAgent\":\"Mozilla/5.0 (X11)\"}"),
          track(
              "esp",
              "o3",
              "bob",
              null,
              "Email Opened",
              90,
              null,
              "{\"userAgent\":\"via GoogleImageProxy\"}"));
      assertThat(world.excluded())
          .containsOnlyKeys("k1", "o1", "o3")
          .containsEntry("k1", "mail_scanner")
          .containsEntry("o3", "machine_open");
    }
  }

  @Test
  void more_than_so_many_in_any_minute_are_a_burst() {
    QualityRules rules =
        new QualityRules(false, QualityRules.NONE.mail(), QualityRules.NONE.internal(), 3);
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      for (int i = 0; i < 4; i++) {
        world.send(
            track("api", "fast" + i, "ann", "Login", 30 + 19.999 * i),
            track("api", "slow" + i, "bob", "Login", 30 + 20 * i),
            track("api", "other" + i, "cid", i % 2 == 0 ? "Login" : "Export", i));
      }
      assertThat(world.excluded())
          .containsOnlyKeys("fast0", "fast1", "fast2", "fast3")
          .containsEntry("fast0", "burst");
      assertThat(world.verify().differences()).isEmpty();
    }
  }

  @Test
  void the_companys_people_take_their_other_ids_and_earlier_records_along() {
    QualityRules rules = own(List.of("own.com"), List.of(), "traits.role == \"staff\"", null);
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          track("web", "v1", null, "browser", "Login", 0, null, null),
          track("api", "u1", "u", "Login", 1),
          track("api", "s1", "staff", "Login", 1),
          track("api", "x1", "x@OWN.com", "Login", 1),
          track("api", "y1", "y@eu.own.com", "Login", 1),
          track("api", "z1", "z@notown.com", "Login", 1),
          track("api", "z2", "own.com", "Login", 1));
      assertThat(world.excluded()).containsOnlyKeys("x1", "y1");
      world.send(track("web", "v2", "u", "browser", "Login", 2, null, null));
      assertThat(world.excluded()).containsOnlyKeys("x1", "y1");
      world.send(
          identify("api", "i1", "u", null, 3, "{\"email\":\"U@own.com\"}"),
          identify("api", "i2", "staff", null, 3, "{\"role\":\"staff\"}"));
      assertThat(world.excluded())
          .containsOnlyKeys("x1", "y1", "u1", "v1", "v2", "i1", "s1", "i2")
          .containsValue("internal");
      world.send(QualityWorld.alias("api", "al", "old", "u", 4));
      world.send(track("api", "old1", "old", "Login", 5));
      assertThat(world.excluded()).containsKeys("al", "old1").hasSize(10);
      assertThat(world.verify().differences()).isEmpty();
      assertThat(world.store().quality().apply(() -> QualityWorld.MODELS)).isZero();
    }
  }

  @Test
  void networks_and_conditions_speak_of_single_records() {
    QualityRules rules =
        own(
            List.of(),
            List.of("198.51.100.7", "2001:db8::/33"),
            null,
            "properties.test == true || context.page.url.startsWith(\"https://staging\")");
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          track("web", "a", "u", null, "Login", 0, null, "{\"ip\":\"198.51.100.7\"}"),
          track("web", "b", "u", null, "Login", 0, null, "{\"ip\":\"198.51.100.8\"}"),
          track("web", "c", "u", null, "Login", 0, null, "{\"ip\":\"2001:db8:7fff::1\"}"),
          track("web", "d", "u", null, "Login", 0, null, "{\"ip\":\"2001:db8:8000::1\"}"),
          track("web", "e", "u", null, "Login", 0, null, "{\"ip\":\"localhost\"}"),
          track("web", "f", "u", null, "Login", 0, "{\"test\":true}", null),
          track(
              "web",
              "g",
              "u",
              null,
              "Login",
              0,
              null,
              "{\"page\":{\"url\":\"https://staging.x\"}}"));
      assertThat(world.excluded()).containsOnlyKeys("a", "c", "f", "g");
    }
  }

  @Test
  void an_address_that_is_shortened_before_it_is_stored_is_judged_before() {
    QualityRules rules =
        new QualityRules(
            false,
            new QualityRules.Mail(true, Networks.of(List.of("203.0.113.9")), List.of()),
            own(List.of(), List.of("198.51.100.7"), null, null).internal(),
            0);
    String ours = "{\"ip\":\"198.51.100.7\"}";
    String scanners = "{\"ip\":\"203.0.113.9\"}";
    assertThat(QualityRules.USUAL.addressFlags(ours)).isZero();
    assertThat(rules.addressFlags(null)).isZero();
    assertThat(rules.addressFlags("{\"ip\":7}")).isZero();
    assertThat(rules.addressFlags("{\"ip\":\"198.51.100.8\"}")).isZero();
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          shortened(track("web", "a", "u", "Login", 0), rules.addressFlags(ours)),
          shortened(track("web", "b", "v", "Login", 0), 0),
          shortened(clicked("k", 0, "a"), rules.addressFlags(scanners)),
          shortened(clicked("l", 100, "a"), rules.addressFlags(ours)));
      assertThat(world.excluded())
          .containsOnlyKeys("a", "k", "l")
          .containsEntry("k", "mail_scanner")
          .containsEntry("l", "internal");
      world.reopen(QualityRules.USUAL);
      assertThat(world.excluded()).isEmpty();
    }
  }

  private static Sent shortened(Sent sent, int flags) {
    Incoming row = sent.row();
    return new Sent(
        sent.source(),
        new Incoming(
            row.type(),
            row.userId(),
            row.anonymousId(),
            row.previousId(),
            row.groupId(),
            row.event(),
            row.name(),
            row.channel(),
            row.occurredAt(),
            row.receivedAt(),
            row.messageId(),
            row.value(),
            flags,
            row.properties(),
            "{\"ip\":\"0.0.0.0\"}",
            row.traits(),
            0,
            1));
  }

  @Test
  void the_first_reason_stands() {
    QualityRules rules =
        new QualityRules(
            true,
            QualityRules.USUAL.mail(),
            own(List.of("own.com"), List.of(), null, null).internal(),
            1);
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          track("web", "a", "x@own.com", null, "Login", 0, null, CRAWLER),
          track("web", "b", "x@own.com", null, "Login", 1, null, null),
          track("api", "c", "y", "Login", 0),
          track("api", "d", "y", "Login", 1));
      assertThat(world.excluded())
          .containsEntry("a", "bot")
          .containsEntry("b", "internal")
          .containsEntry("c", "burst")
          .containsEntry("d", "burst");
    }
  }
}
