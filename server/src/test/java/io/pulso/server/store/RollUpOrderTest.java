package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roll-ups that were added part by part, put in order.
class RollUpOrderTest {
  private static final int ACTIVITIES = 2;
  private static final int SUBJECTS = 5_000;

  @TempDir private Path folder;

  /// A store to which so many days came one after the other.
  private Db filled(int days) throws SQLException {
    Db db = Records.connect(folder.resolve("pulso.duckdb"));
    for (int activity = 0; activity < ACTIVITIES; activity++) {
      db.run(
          "INSERT INTO rollup_activity VALUES (?, ?, FALSE, ?, '')", activity, "k" + activity, "a");
    }
    for (int day = 0; day < days; day++) {
      db.run(
          """
          INSERT INTO rollup SELECT a, s, 0, %d, a + s FROM range(%d) t(a), range(%d) u(s) ORDER BY a, s
          """
              .formatted(day, ACTIVITIES, SUBJECTS));
    }
    db.run("CHECKPOINT");
    return db;
  }

  private static List<String> sums(Db db) {
    return db.list(
        "SELECT activity || ' ' || COUNT(*) || ' ' || SUM(units) || ' ' || SUM(subject * day) FROM rollup GROUP BY activity ORDER BY activity",
        row -> row.getString(1));
  }

  @Test
  void the_rows_of_a_subject_come_to_lie_side_by_side_and_say_the_same() throws SQLException {
    try (Db db = filled(240)) {
      RollUpOrder order = new RollUpOrder(db);
      List<String> before = sums(db);
      double scattered = order.groups();
      assertThat(order.isDue()).isTrue();
      assertThat(order.orderIfDue()).isEqualTo(240L * ACTIVITIES * SUBJECTS);
      assertThat(sums(db)).isEqualTo(before);
      assertThat(order.groups()).isLessThan(scattered / 2);
      assertThat(order.isDue()).isFalse();
      assertThat(order.orderIfDue()).isZero();
    }
  }

  @Test
  void few_rows_stay_as_they_are() throws SQLException {
    try (Db db = filled(3)) {
      assertThat(new RollUpOrder(db).orderIfDue()).isZero();
    }
  }
}
