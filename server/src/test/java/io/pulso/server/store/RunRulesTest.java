package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.time.LocalDays;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules over runs of events: what they find does not depend on how many are looked at in one go.
class RunRulesTest {
  private static final List<String> NAMES =
      List.of("Email Delivered", "Email Opened", "Email Link Clicked", "Login");

  @TempDir private Path folder;

  private static Incoming event(SplittableRandom random, int number) {
    long at = Records.START + random.nextInt(3_000) * 100_000L;
    String link = "https://example.org/" + random.nextInt(6);
    return new Incoming(
        EventType.TRACK,
        "user" + random.nextInt(40),
        null,
        null,
        null,
        NAMES.get(random.nextInt(NAMES.size())),
        null,
        "email",
        at,
        at,
        "m" + number,
        Double.NaN,
        0,
        "{\"campaign_id\":\"c%d\",\"link_url\":\"%s\"}".formatted(random.nextInt(2), link),
        null,
        null,
        0,
        1);
  }

  private List<String> verdicts(Path file, int atOnce) throws SQLException {
    try (DuckDBConnection raw =
            DriverManager.getConnection("jdbc:duckdb:" + file).unwrap(DuckDBConnection.class);
        Db db = new Db(raw)) {
      Verdicts verdicts = new Verdicts(db);
      RunRules rules =
          new RunRules(verdicts, new LocalDays(ZoneOffset.UTC), JudgedRecords.ALL, atOnce);
      rules.mail(QualityRules.USUAL.mail());
      rules.bursts(3);
      return db.list(
          "SELECT import, seq, reason FROM verdict ORDER BY ALL",
          row -> row.getInt(1) + " " + row.getLong(2) + " " + row.getInt(3));
    }
  }

  @Test
  void parts_of_the_people_find_what_all_together_find() throws SQLException {
    Path file = folder.resolve("pulso.duckdb");
    SplittableRandom random = new SplittableRandom(7);
    try (Store store = Records.open(file);
        Load load = store.load("esp", true, "test", Clock.systemUTC(), List.of())) {
      for (int i = 0; i < 4_000; i++) {
        load.append(event(random, i));
      }
      load.commit();
    }
    List<String> together = verdicts(file, Integer.MAX_VALUE);
    assertThat(together).anyMatch(line -> line.endsWith(" " + Exclusion.MAIL_SCANNER.number()));
    assertThat(together).anyMatch(line -> line.endsWith(" " + Exclusion.BURST.number()));
    assertThat(verdicts(file, 100)).isEqualTo(together);
  }
}
