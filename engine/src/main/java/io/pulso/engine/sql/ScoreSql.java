package io.pulso.engine.sql;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.DecayTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Prints the query that turns rolled-up units into scores: columns `subject, score`, the score in
/// milli-points and NULL where it is unavailable.
public final class ScoreSql {
  private static final long UNBOUND = 4_000_000_000_000_000_000L;

  private final Model model;
  private final Dialect dialect;
  private final List<Profile> profiles = new ArrayList<>();

  private record Profile(int window, Decay decay) {}

  /// What is scored from where.
  ///
  /// @param numbers what the units' column `activity` says for each activity, in the model's order
  /// @param asOf the last day, since 1970-01-01
  /// @param units a table or query in brackets: activity, subject, day, units
  /// @param subjects a table or query in brackets: no
  /// @param manual a table or query in brackets: subject, points; null for none
  public record Reading(
      List<Integer> numbers, int asOf, String units, String subjects, @Nullable String manual) {}

  private ScoreSql(Model model, Dialect dialect) {
    this.model = model;
    this.dialect = dialect;
  }

  public static String print(Model model, Reading reading, Dialect dialect) {
    return new ScoreSql(model, dialect).print(reading);
  }

  private String print(Reading reading) {
    String rules = rules(reading);
    return """
    WITH
    -- what each activity is worth: caps in milli-units, points in milli-points
    rule(place, activity, profile, day_cap, window_cap, points, divisor, team) AS (
      VALUES
    %s
    ),
    -- the worth of a unit by its age in days, in parts per million
    factor(profile, age, ppm) AS (
      VALUES
    %s
    ),
    -- decayed units in the window, in billionths
    summed AS (
      SELECT u.subject, r.place, SUM(%s * %s) AS units
      FROM %s AS u
      JOIN rule r ON r.activity = u.activity
      JOIN factor f ON f.profile = r.profile AND f.age = %d - u.day
      GROUP BY u.subject, r.place
    ),
    -- what each activity gives
    contribution AS (
      SELECT s.subject, r.team, %s AS points
      FROM (
        SELECT s.subject, s.place, LEAST(s.units, %s * 1000000) AS units FROM summed s
        JOIN rule r ON r.place = s.place
      ) AS s JOIN rule r ON r.place = s.place
    ),
    -- groups are kept inside their caps
    team_sum AS (
      SELECT subject, team, SUM(points) AS points FROM contribution GROUP BY subject, team
    ),
    capped AS (
      SELECT subject, %s AS points FROM team_sum
    ),
    total AS (
      SELECT subject, SUM(points) AS points FROM capped GROUP BY subject
    ),
    -- base, what was given by hand, and the clamp
    scored AS (
      SELECT p.no AS subject, %s AS score
      FROM %s AS p
      LEFT JOIN total t ON t.subject = p.no%s
    )
    SELECT subject, CASE WHEN score BETWEEN -1000000000000000 AND 1000000000000000 THEN CAST(score AS BIGINT) END AS score
    FROM scored\
    """
        .formatted(
            rules,
            factors(),
            dialect.wide("LEAST(u.units, r.day_cap)"),
            "f.ppm",
            reading.units(),
            reading.asOf(),
            rounded("s.units * r.points", dialect.wide("r.divisor")),
            dialect.wide("r.window_cap"),
            teams(),
            total(reading.manual() != null),
            reading.subjects(),
            reading.manual() == null
                ? ""
                : "\n  LEFT JOIN " + reading.manual() + " AS m ON m.subject = p.no");
  }

  private String rules(Reading reading) {
    return IntStream.range(0, model.activities().size())
        .mapToObj(i -> rule(i, reading.numbers().get(i)))
        .collect(Collectors.joining(",\n"));
  }

  private String rule(int place, int number) {
    Activity activity = model.activities().get(place);
    boolean weighted = model.method() == Model.Method.WEIGHTED;
    Profile profile = new Profile(activity.window(), activity.decay());
    if (!profiles.contains(profile)) {
      profiles.add(profile);
    }
    Long dayCap = activity.caps().perDay();
    Long windowCap = weighted ? (Long) activity.target() : activity.caps().perWindow();
    long points = weighted ? activity.weight() : activity.points();
    String divisor = weighted ? activity.target() + "000000" : "1000000000";
    return "    (%d, %d, %d, %s, %s, %s, %s, %d)"
        .formatted(
            place,
            number,
            profiles.indexOf(profile),
            bigint(dayCap == null ? 1_000_000_000_000L : dayCap),
            bigint(windowCap == null ? UNBOUND : windowCap),
            bigint(points),
            "CAST(" + divisor + " AS BIGINT)",
            team(activity));
  }

  private static String bigint(long number) {
    return "CAST(" + number + " AS BIGINT)";
  }

  private int team(Activity activity) {
    for (int i = 0; i < model.groups().size(); i++) {
      if (model.groups().get(i).name().equals(activity.group())) {
        return i;
      }
    }
    return -1;
  }

  private String factors() {
    List<String> rows = new ArrayList<>();
    for (int p = 0; p < profiles.size(); p++) {
      int[] ppm = DecayTable.factors(profiles.get(p).decay(), profiles.get(p).window());
      StringBuilder row = new StringBuilder("    ");
      for (int age = 0; age < ppm.length; age++) {
        row.append(age == 0 ? "" : ", ").append("(%d, %d, %d)".formatted(p, age, ppm[age]));
      }
      rows.add(row.toString());
    }
    return String.join(",\n", rows);
  }

  /// A quotient rounded half away from zero.
  private String rounded(String number, String divisor) {
    String half = dialect.divide(divisor, "2");
    return "CASE WHEN %1$s < 0 THEN -(%2$s) ELSE %3$s END"
        .formatted(
            number,
            dialect.divide("(-(" + number + ") + " + half + ")", divisor),
            dialect.divide("(" + number + " + " + half + ")", divisor));
  }

  private String teams() {
    List<String> cases = new ArrayList<>();
    for (int i = 0; i < model.groups().size(); i++) {
      Model.Range cap = model.groups().get(i).cap();
      if (cap.min() != null || cap.max() != null) {
        cases.add("WHEN " + i + " THEN " + clamped("points", cap));
      }
    }
    return cases.isEmpty() ? "points" : "CASE team " + String.join(" ", cases) + " ELSE points END";
  }

  private static String clamped(String number, Model.Range range) {
    String text = number;
    if (range.max() != null) {
      text = "LEAST(" + text + ", " + range.max() + ")";
    }
    return range.min() != null ? "GREATEST(" + text + ", " + range.min() + ")" : text;
  }

  private String total(boolean manual) {
    List<String> parts = new ArrayList<>(List.of(dialect.wide(String.valueOf(model.base()))));
    for (Model.Group group : model.groups()) {
      // A group without any contribution still has its least.
      Long min = group.cap().min();
      if (min != null && min > 0) {
        parts.add(missing(model.groups().indexOf(group), min));
      }
    }
    parts.add("COALESCE(t.points, 0)");
    if (manual) {
      parts.add("COALESCE(m.points, 0)");
    }
    String sum = String.join(" + ", parts);
    Model.Range clamp =
        model.method() == Model.Method.WEIGHTED ? new Model.Range(0L, 100_000L) : model.clamp();
    return clamp == null ? sum : clamped("(" + sum + ")", clamp);
  }

  private static String missing(int team, long min) {
    return "CASE WHEN EXISTS (SELECT 1 FROM team_sum x WHERE x.subject = p.no AND x.team = %d) THEN 0 ELSE %d END"
        .formatted(team, min);
  }
}
