package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stored counts of completed days, and which of them are still right. Whoever counts first
/// calls [#begin]: what is changed after that touches the days that are being counted.
public final class DailyCounts {
  private final Db db;

  DailyCounts(Db db) {
    this.db = db;
  }

  /// The scores of a day under one version of a model.
  ///
  /// @param hash of the version's text
  /// @param scored how many have a score
  /// @param unavailable how many have one that is too great
  /// @param active how many of both had an active event in the model's window
  /// @param total the sum of all scores in milli-points
  /// @param middle the sum of the two scores in the middle, or twice the one
  /// @param bands how many are in each band, in the model's order
  /// @param responsive how many outside the engaged bands answered a contact; null where that was
  ///   not counted
  /// @param revision the one that [#begin] gave
  public record Scores(
      int day,
      String version,
      String hash,
      int scored,
      int unavailable,
      int active,
      BigDecimal total,
      long middle,
      List<Integer> bands,
      @Nullable Long responsive,
      long revision) {
    public Scores {
      bands = List.copyOf(bands);
    }

    /// In milli-points, rounded half away from zero; null where nobody has a score.
    public @Nullable Long median() {
      BigDecimal half = BigDecimal.valueOf(middle).divide(BigDecimal.TWO, 0, RoundingMode.HALF_UP);
      return scored == 0 ? null : (Long) half.longValueExact();
    }

    /// Whether they were counted by a version.
    public boolean isOf(Model model, String name) {
      return version.equals(name) && hash.equals(model.hash());
    }

    /// The sum of some bands.
    public int in(java.util.BitSet places) {
      return places.stream().filter(place -> place < bands.size()).map(bands::get).sum();
    }
  }

  /// How many were active.
  ///
  /// @param month in the 30 days up to this one
  /// @param revision the one that [#begin] gave
  public record Active(int day, int active, int month, long revision) {}

  /// Begins to count days up to one, and gives the revision of what is stored.
  public long begin(int lastDay) {
    return db.locked(() -> {
      if (db.number("SELECT COUNT(*) FROM counted_day WHERE last_day < ?", lastDay) > 0) {
        db.run("UPDATE counted_day SET last_day = ?", lastDay);
      }
      return revision();
    });
  }

  /// How often what is stored has changed counted days.
  public long revision() {
    return db.number("SELECT revision FROM counted_day");
  }

  /// Which completed days were changed since when.
  public CountedDays counted() {
    return CountedDays.of(db);
  }

  /// The first local day on which anybody exists; [Integer#MAX_VALUE] where nobody does.
  public int firstDay(Model.Subject kind) {
    String table = kind == Model.Subject.CUSTOMER ? "subject" : "account_subject";
    return Math.toIntExact(
        db.number(
            "SELECT COALESCE(MIN(first_day), %d) FROM %s".formatted(Integer.MAX_VALUE, table)));
  }

  /// The counts of a model from a day on, by day.
  public List<Scores> scores(String model, int from) {
    Map<Integer, List<Integer>> bands = new HashMap<>();
    db.list(
            "SELECT day, scored FROM daily_band WHERE model = ? AND day >= ? ORDER BY day, place",
            row -> new int[] {row.getInt(1), row.getInt(2)},
            model,
            from)
        .forEach(row -> bands.computeIfAbsent(row[0], day -> new ArrayList<>()).add(row[1]));
    return db.list(
        """
        SELECT day, version, hash, scored, unavailable, active, total, middle, responsive, revision
        FROM daily_score WHERE model = ? AND day >= ? ORDER BY day
        """,
        row ->
            new Scores(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getBigDecimal(7),
                row.getLong(8),
                bands.getOrDefault(row.getInt(1), List.of()),
                row.getObject(9, Long.class),
                row.getLong(10)),
        model,
        from);
  }

  /// Stores the counts of some days of a model in the place of those that are there.
  public void put(Model model, List<Scores> days) {
    db.transaction(() -> {
      for (Scores each : days) {
        db.run("DELETE FROM daily_score WHERE model = ? AND day = ?", model.name(), each.day());
        db.run("DELETE FROM daily_band WHERE model = ? AND day = ?", model.name(), each.day());
        db.run(
            """
            INSERT INTO daily_score (model, version, hash, day, scored, unavailable, active, total, middle, responsive, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            model.name(),
            each.version(),
            each.hash(),
            each.day(),
            each.scored(),
            each.unavailable(),
            each.active(),
            each.total(),
            each.middle(),
            each.responsive(),
            each.revision());
        for (int place = 0; place < each.bands().size(); place++) {
          db.run(
              "INSERT INTO daily_band VALUES (?, ?, ?, ?, ?)",
              model.name(),
              each.day(),
              model.bands().get(place).id(),
              place,
              each.bands().get(place));
        }
      }
    });
  }

  /// How many were active from a day on, by day.
  public List<Active> active(Model.Subject kind, int from) {
    return db.list(
        "SELECT day, active, month, revision FROM daily_active WHERE kind = ? AND day >= ? ORDER BY day",
        row -> new Active(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4)),
        word(kind),
        from);
  }

  /// Stores how many were active on some days in the place of what is there.
  public void put(Model.Subject kind, List<Active> days) {
    db.transaction(() -> {
      for (Active each : days) {
        db.run("DELETE FROM daily_active WHERE kind = ? AND day = ?", word(kind), each.day());
        db.run(
            "INSERT INTO daily_active VALUES (?, ?, ?, ?, ?)",
            word(kind),
            each.day(),
            each.active(),
            each.month(),
            each.revision());
      }
    });
  }

  /// Removes the counts of days before one that are no longer right.
  public void removeStale(int before) {
    String stale =
        "day < ? AND EXISTS (SELECT 1 FROM touched_day t WHERE t.first_day <= day AND t.revision > %s.revision)";
    db.transaction(() -> {
      db.run("DELETE FROM daily_active WHERE " + stale.formatted("daily_active"), before);
      db.run("DELETE FROM daily_score WHERE " + stale.formatted("daily_score"), before);
      db.run(
          """
          DELETE FROM daily_band WHERE day < ? AND NOT EXISTS
            (SELECT 1 FROM daily_score s WHERE s.model = daily_band.model AND s.day = daily_band.day)
          """,
          before);
    });
  }

  private static String word(Model.Subject kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
