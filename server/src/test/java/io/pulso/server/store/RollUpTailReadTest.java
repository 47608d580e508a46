package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.time.LocalDays;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Reading many roll-ups while some have a tail.
class RollUpTailReadTest {
  private static final int SUBJECTS = 5_000;
  private static final int DAYS = 60;
  private static final long STORED = 1_000;

  @TempDir private Path folder;

  private Db filled() throws SQLException {
    Db db = Records.connect(folder.resolve("pulso.duckdb"));
    db.run(
        "INSERT INTO rollup SELECT 0, s, 0, d, %d FROM range(%d) t(s), range(%d) u(d) ORDER BY s, d"
            .formatted(STORED, SUBJECTS, DAYS));
    // More of what is there, what is not there yet, and nothing that is left.
    db.run(
        "INSERT INTO rollup_tail VALUES (0, 7, 0, 3, 500), (0, 7, 0, 3, 250), (0, 8, 0, %d, 40)"
            .formatted(DAYS));
    db.run(
        "INSERT INTO rollup_tail SELECT 0, s, 0, 5, -%d FROM range(4000, 4500) t(s)"
            .formatted(STORED));
    return db;
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void more_rows_than_are_sent_at_a_time_come_whole() throws SQLException {
    try (Db db = filled()) {
      RollUps rollUps = new RollUps(db, new LocalDays(ZoneOffset.UTC), Tables.NOW);
      RollUp read = rollUps.load(List.of(0), SUBJECTS, 0, DAYS).getFirst();
      long total = 0;
      for (int row = 0; row < read.rows(); row++) {
        total += read.units(row);
      }
      assertThat(read.rows()).isEqualTo(SUBJECTS * DAYS - 500 + 1);
      assertThat(total).isEqualTo(STORED * (SUBJECTS * DAYS - 500) + 750 + 40);
      SubjectDays active = rollUps.active(SUBJECTS, 0, DAYS);
      assertThat(active.size()).isEqualTo(read.rows());
      assertThat(active.next(8, DAYS)).isEqualTo(DAYS);
      assertThat(active.next(4100, 5)).isEqualTo(6);
      assertThat(
              db.number(
                  "SELECT SUM(units * (subject + day)) FROM %s".formatted(Tables.NOW.units(db))))
          .isEqualTo(
              db.number(
                  "SELECT SUM(units * (subject + day)) FROM (FROM rollup UNION ALL FROM rollup_tail)"));
    }
  }

  @Test
  void one_subject_has_the_units_that_everybody_is_read_with() throws SQLException {
    try (Db db = filled()) {
      LocalDays days = new LocalDays(ZoneOffset.UTC);
      RollUp everybody =
          new RollUps(db, days, Tables.NOW).load(List.of(0), SUBJECTS, 0, DAYS).getFirst();
      for (int subject : new int[] {6, 7, 8, 4100}) {
        RollUps once = new RollUps(db, days, Tables.NOW);
        RollUps keeping = new RollUps(db, days, Tables.NOW);
        keeping.keep();
        for (RollUps by : List.of(once, keeping, keeping)) {
          SubjectUnits.Days all =
              by.ofSubject(List.of(0), subject, 0, DAYS).byActivity().getFirst();
          assertThat(all.days()).isEqualTo(everybody.of(subject).days());
          assertThat(all.units()).isEqualTo(everybody.of(subject).units());
          SubjectUnits.Days some = by.ofSubject(List.of(0), subject, 3, 5).byActivity().getFirst();
          assertThat(some.days())
              .isEqualTo(subject == 4100 ? new int[] {3, 4} : new int[] {3, 4, 5});
          assertThat(some.units()[0]).isEqualTo(subject == 7 ? 1_750 : STORED);
          assertThat(by.ofSubject(List.of(0), subject, 5, 4).byActivity().getFirst().days())
              .isEmpty();
        }
      }
    }
  }

  @Test
  void a_union_is_not_streamed() throws SQLException {
    try (Db db = filled()) {
      String units = "SELECT subject, units FROM " + Tables.NOW.units(db);
      assertThatThrownBy(() -> db.chunks(units, chunk -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("streams a union");
      db.chunks(units + " ORDER BY subject", chunk -> {});
      db.chunks("SELECT subject, SUM(units) FROM (" + units + ") GROUP BY subject", chunk -> {});
    }
  }

  @Test
  void what_is_read_together_is_of_one_moment() throws SQLException {
    try (Db db = filled();
        Db other = db.duplicate()) {
      db.snapshot(() -> {
        long before = db.number("SELECT COUNT(*) FROM rollup_tail");
        other.run("DELETE FROM rollup_tail");
        assertThat(db.number("SELECT COUNT(*) FROM rollup_tail")).isEqualTo(before);
      });
      assertThat(db.number("SELECT COUNT(*) FROM rollup_tail")).isZero();
    }
  }
}
