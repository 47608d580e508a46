package io.pulso.server.score;

import static io.pulso.server.score.QualityWorld.MODELS;
import static io.pulso.server.score.QualityWorld.alias;
import static io.pulso.server.score.QualityWorld.group;
import static io.pulso.server.score.QualityWorld.identify;
import static io.pulso.server.score.QualityWorld.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import io.pulso.server.score.QualityWorld.Sent;
import io.pulso.server.store.ExcludedRecords;
import io.pulso.server.store.Networks;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Readmissions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verdicts that change: by later records, by other rules, by people, and by copies that go.
class QualityChangesTest {
  private static final QualityRules ALL =
      new QualityRules(
          true,
          QualityRules.USUAL.mail(),
          QualityRulesTest.own(List.of("own.com"), List.of("198.51.100.0/24"), null, null)
              .internal(),
          4);

  private static final String CRAWLER = "{\"userAgent\":\"Googlebot/2.1\"}";
  private static final String OWN_ADDRESS = "{\"ip\":\"198.51.100.9\"}";

  @TempDir private Path folder;

  /// What a few people, visitors, machines and colleagues send within some minutes, in any order.
  private static List<Sent> records(SplittableRandom random, int count) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String user = "u" + random.nextInt(4);
      String visitor = "v" + random.nextInt(4);
      String account = "acme" + random.nextInt(2);
      String source = random.nextBoolean() ? "web" : "api";
      double second = random.nextInt(240) + random.nextInt(3) * 0.5;
      String context =
          switch (random.nextInt(8)) {
            case 0 -> CRAWLER;
            case 1 -> OWN_ADDRESS;
            default -> null;
          };
      String mail =
          "{\"campaign_id\":\"c%d\",\"link_url\":\"l%d\"}"
              .formatted(random.nextInt(2), random.nextInt(4));
      double mailed = random.nextInt(40);
      String id = "m" + i;
      sent.add(
          switch (random.nextInt(10)) {
            case 0 -> identify(source, id, user, visitor, second, "{\"plan\":\"pro\"}");
            case 1 ->
                identify(
                    source,
                    id,
                    user,
                    null,
                    second,
                    random.nextInt(4) == 0 ? "{\"email\":\"a@own.com\"}" : "{\"plan\":\"free\"}");
            case 2 -> group(source, id, user, account, second, "{\"size\":\"big\"}");
            case 3 ->
                random.nextInt(3) == 0
                    ? alias(source, id, visitor, user, second)
                    : track(source, id, user, visitor, "Login", second, null, context);
            case 4 -> track(source, id, null, visitor, "Login", second, null, context);
            case 5 -> track("esp", id, user, null, "Email Delivered", mailed, mail, null);
            case 6 -> track("esp", id, user, null, "Email Opened", mailed, mail, null);
            case 7, 8 -> track("esp", id, user, null, "Email Link Clicked", mailed, mail, null);
            default -> track(source, id, user, null, "Login", second, null, context);
          });
    }
    return sent;
  }

  private static void deal(QualityWorld world, List<Sent> sent, SplittableRandom random) {
    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(9));
      world.send(sent.subList(from, to).toArray(Sent[]::new));
      from = to;
    }
  }

  @Test
  void a_store_with_excluded_records_is_as_one_that_never_had_them() {
    Set<String> reasons = new HashSet<>();
    for (long seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Sent> sent = records(random, 90);
      try (QualityWorld judged = new QualityWorld(folder.resolve("judged" + seed), ALL);
          QualityWorld without =
              new QualityWorld(folder.resolve("without" + seed), QualityRules.NONE)) {
        deal(judged, sent, random);
        Map<String, String> excluded = judged.excluded();
        reasons.addAll(excluded.values());
        assertThat(judged.store().quality().apply(() -> MODELS)).as("seed %d", seed).isZero();
        assertThat(judged.excluded()).isEqualTo(excluded);
        assertThat(judged.verify().differences()).as("seed %d", seed).isEmpty();
        without.send(
            sent.stream()
                .filter(each -> !excluded.containsKey(each.row().messageId()))
                .toArray(Sent[]::new));
        assertThat(judged.derived()).as("seed %d", seed).isEqualTo(without.derived());
      }
    }
    assertThat(reasons).contains("bot", "internal", "mail_scanner", "burst");
  }

  @Test
  void scores_in_memory_follow_verdicts_that_later_records_change() {
    for (long seed = 50; seed < 53; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      try (QualityWorld world = new QualityWorld(folder.resolve("live" + seed), ALL)) {
        MODELS.forEach(model -> world.check(model, LocalDate.of(2026, 3, 2)));
        deal(world, records(random, 90), random);
        assertThat(world.excluded()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  @Test
  void rules_that_change_judge_what_is_stored_again() {
    for (long seed = 100; seed < 103; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Sent> sent = records(random, 80);
      try (QualityWorld world = new QualityWorld(folder.resolve("w" + seed), QualityRules.NONE);
          QualityWorld from = new QualityWorld(folder.resolve("f" + seed), ALL)) {
        deal(world, sent, random);
        from.send(sent.toArray(Sent[]::new));
        List<String> before = world.derived();
        world.store().quality().use(ALL);
        assertThat(world.store().quality().isApplied()).isFalse();
        assertThat(world.store().quality().apply(() -> MODELS)).isPositive();
        assertThat(world.store().quality().isApplied()).isTrue();
        assertThat(world.excluded()).isEqualTo(from.excluded());
        assertThat(world.derived()).as("seed %d", seed).isEqualTo(from.derived());
        assertThat(world.verify().differences()).as("seed %d", seed).isEmpty();
        world.reopen(QualityRules.NONE);
        assertThat(world.excluded()).isEmpty();
        assertThat(world.derived()).isEqualTo(before);
      }
    }
  }

  private static Readmissions.Wanted person(String rule, String id) {
    return new Readmissions.Wanted(rule, id, null, null, "");
  }

  private static Readmissions.Wanted message(String rule, String id, String source) {
    return new Readmissions.Wanted(rule, null, id, source.isEmpty() ? null : source, "a test");
  }

  @Test
  void what_is_let_in_counts_until_it_is_taken_back() {
    try (QualityWorld world = new QualityWorld(folder, ALL)) {
      world.send(
          track("web", "b1", "bot", null, "Login", 0, null, CRAWLER),
          track("web", "b2", "bot", null, "Login", 1, null, CRAWLER),
          identify("api", "i1", "colleague", "laptop", 0, "{\"email\":\"c@own.com\"}"),
          track("web", "l1", null, "laptop", "Login", 0, null, null),
          track("web", "l2", null, "laptop", "Login", 0, null, CRAWLER));
      assertThat(world.excluded()).hasSize(5);
      List<String> nothing = world.derived();
      Readmissions.Done one =
          readmissions(world).add(message("", "b1", ""), Clock.systemUTC(), () -> MODELS);
      assertThat(one.changed()).isEqualTo(1);
      assertThat(world.excluded()).doesNotContainKey("b1").containsKey("b2");
      assertThat(world.verify().differences()).isEmpty();
      Readmissions.Done two =
          readmissions(world).add(person("bots", "bot"), Clock.systemUTC(), () -> MODELS);
      Readmissions.Done three =
          readmissions(world).add(person("internal", "colleague"), Clock.systemUTC(), () -> MODELS);
      assertThat(world.excluded()).containsOnlyKeys("l2");
      assertThat(world.verify().differences()).isEmpty();
      world.send(
          track("web", "b3", "bot", null, "Login", 2, null, CRAWLER),
          track("web", "c2", "colleague", null, "Login", 2, null, null));
      assertThat(world.excluded()).containsOnlyKeys("l2");
      assertThat(readmissions(world).list())
          .extracting(Readmissions.Row::id)
          .containsExactly("colleague", "bot", null);
      for (Readmissions.Done done : List.of(one, two, three)) {
        readmissions(world).remove(done.no(), () -> MODELS);
      }
      assertThat(world.excluded()).hasSize(7).containsEntry("l2", "bot");
      assertThat(world.derived()).isEqualTo(nothing);
      assertThat(readmissions(world).list()).isEmpty();
    }
  }

  private static Readmissions readmissions(QualityWorld world) {
    return world.store().quality().readmissions();
  }

  @Test
  void what_cannot_be_let_in_says_why() {
    try (QualityWorld world = new QualityWorld(folder, ALL)) {
      world.send(track("web", "m", "u", "Login", 0), track("api", "m", "u", "Login", 1));
      for (Map.Entry<Readmissions.Wanted, String> each :
          Map.of(
                  person("bot", "u"), "did you mean 'bots'",
                  person("", "nobody"), "no stored record has the id 'nobody'",
                  message("", "n", ""), "no stored record has the message id 'n'",
                  message("", "m", "files"), "no stored record of the source 'files'",
                  message("", "m", ""),
                      "several sources sent the message id 'm': give one of api, web")
              .entrySet()) {
        assertThatThrownBy(
                () -> readmissions(world).add(each.getKey(), Clock.systemUTC(), () -> MODELS))
            .isInstanceOf(InputException.class)
            .hasMessageContaining(each.getValue());
      }
      assertThatThrownBy(() -> readmissions(world).remove(1, () -> MODELS))
          .hasMessageContaining("there is no readmission 1");
      assertThat(
              readmissions(world)
                  .add(message("", "m", "api"), Clock.systemUTC(), () -> MODELS)
                  .changed())
          .isZero();
    }
  }

  @Test
  void excluded_records_are_listed_page_by_page_newest_first() {
    try (QualityWorld world = new QualityWorld(folder, ALL)) {
      for (int i = 0; i < 7; i++) {
        world.send(
            track("web", "b" + i, null, "bot" + i % 2, "Login", 100 * i, null, CRAWLER),
            track("web", "o" + i, "ann", null, "Login", 100 * i, null, OWN_ADDRESS));
      }
      List<String> seen = new ArrayList<>();
      ExcludedRecords.@Nullable Place last = null;
      for (int page = 0; page < 4; page++) {
        List<ExcludedRecords.Row> rows = list(world, "bots", null, last);
        rows.forEach(row -> seen.add(row.messageId()));
        last = rows.isEmpty() ? last : rows.getLast().place();
      }
      assertThat(seen).containsExactly("b6", "b5", "b4", "b3", "b2", "b1", "b0");
      assertThat(list(world, null, "ann", null))
          .hasSize(3)
          .allMatch(row ->
              "198.51.100.9".equals(row.address()) && row.reason().rule().equals("internal"));
      assertThat(world.store().quality().excluded().counts())
          .extracting(count -> count.reason().word() + count.records())
          .containsExactly("bot7", "internal7");
    }
  }

  private static List<ExcludedRecords.Row> list(
      QualityWorld world,
      @Nullable String rule,
      @Nullable String id,
      ExcludedRecords.@Nullable Place before) {
    return world
        .store()
        .quality()
        .excluded()
        .list(new ExcludedRecords.Question(rule, id, before, 3));
  }

  @Test
  void a_sweep_removes_copies_and_what_they_did() {
    QualityRules rules =
        new QualityRules(false, QualityRules.NONE.mail(), QualityRules.NONE.internal(), 4);
    for (long seed = 200; seed < 203; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Sent> sent = records(random, 60);
      try (QualityWorld world = new QualityWorld(folder.resolve("s" + seed), rules);
          QualityWorld once = new QualityWorld(folder.resolve("o" + seed), rules)) {
        deal(world, sent, random);
        once.send(sent.toArray(Sent[]::new));
        List<Sent> copies = sent.stream().filter(each -> random.nextInt(3) == 0).toList();
        for (Sent copy : copies) {
          // A server that has forgotten its ids takes the copy in.
          world.forgetIds();
          world.send(copy);
        }
        assertThat(world.records()).isEqualTo(60 + copies.size());
        assertThat(world.store().quality().sweep(() -> MODELS)).isEqualTo(copies.size());
        assertThat(world.records()).isEqualTo(60);
        assertThat(world.excluded()).isEqualTo(once.excluded());
        assertThat(world.verify().differences()).as("seed %d", seed).isEmpty();
        assertThat(world.derived()).as("seed %d", seed).isEqualTo(once.derived());
        for (long[] sum : world.sums()) {
          assertThat(sum[0]).isEqualTo(sum[1] + sum[2] + sum[3]);
          assertThat(sum[1]).isEqualTo(sum[4]);
        }
        assertThat(world.store().quality().sweep(() -> MODELS)).isZero();
      }
    }
  }

  @Test
  void the_copy_that_was_stored_first_stays_and_sources_are_apart() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.NONE)) {
      world.send(track("web", "m", "first", "Login", 50));
      world.send(track("api", "m", "elsewhere", "Login", 50));
      world.forgetIds();
      world.send(track("web", "m", "later", "Login", 1));
      world.send(identify("web", "n", "first", null, 60, "{\"plan\":\"pro\"}"));
      world.forgetIds();
      world.send(track("web", "n", "again", "Login", 61));
      assertThat(world.store().quality().sweep(() -> MODELS)).isEqualTo(2);
      assertThat(world.derived())
          .anyMatch(line -> line.startsWith("subject | first"))
          .anyMatch(line -> line.startsWith("subject | elsewhere"))
          .noneMatch(line -> line.contains("later") || line.contains("again"));
    }
  }

  @Test
  void nothing_is_a_network_but_addresses() {
    for (String wrong :
        List.of("", "localhost", "10.0.0.0/33", "::1/129", "10.0.0/8", "1.2.3.4/-1")) {
      assertThatThrownBy(() -> Networks.of(List.of(wrong)))
          .as(wrong)
          .hasMessageContaining("'" + wrong + "' is no network");
    }
    Networks all = Networks.of(List.of("0.0.0.0/0"));
    assertThat(all.hold("255.1.2.3")).isTrue();
    assertThat(all.hold("::1")).isFalse();
    assertThat(all.hold("example.com")).isFalse();
    assertThat(all.hold("9".repeat(100_000))).isFalse();
    assertThat(Networks.of(List.of("10.1.2.128/25")).hold("10.1.2.127")).isFalse();
    assertThat(Networks.of(List.of("10.1.2.128/25")).hold("10.1.2.129")).isTrue();
  }
}
