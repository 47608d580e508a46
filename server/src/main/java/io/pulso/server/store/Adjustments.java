package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Manual;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Points given or taken by hand: undecayed, from the local day they are made to their last day.
final class Adjustments {
  private Adjustments() {}

  private record Given(long points, int first, int last) {}

  /// A query in brackets: subject, points that hold on a day.
  static String query(Tables tables, Model model, int day) {
    return "(SELECT subject, SUM(points) AS points FROM %s WHERE %d BETWEEN first_day AND last_day GROUP BY subject)"
        .formatted(rows(tables, model), day);
  }

  static Manual read(Db db, Tables tables, Model model) {
    Map<Integer, List<Given>> bySubject = new HashMap<>();
    db.list(
            "SELECT subject, points, first_day, last_day FROM " + rows(tables, model),
            row ->
                Map.entry(row.getInt(1), new Given(row.getLong(2), row.getInt(3), row.getInt(4))))
        .forEach(entry ->
            bySubject.merge(
                entry.getKey(),
                List.of(entry.getValue()),
                (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
    if (bySubject.isEmpty()) {
      return Manual.NONE;
    }
    return (subject, day) ->
        bySubject.getOrDefault(subject, List.of()).stream()
            .filter(given -> given.first() <= day && day <= given.last())
            .mapToLong(Given::points)
            .sum();
  }

  private static String rows(Tables tables, Model model) {
    Long at = tables.knownAt();
    String known = at == null ? "" : " AND a.received_at <= make_timestamptz(" + at + ")";
    String ended = at == null ? "" : " AND a.ended_at <= make_timestamptz(" + at + ")";
    boolean customer = model.subject() == Model.Subject.CUSTOMER;
    return """
    (SELECT %s AS subject, a.points, a.first_day,
      CASE WHEN a.ended_day IS NOT NULL%s THEN LEAST(a.last_day, a.ended_day - 1) ELSE a.last_day END AS last_day
    FROM adjustment a%s WHERE a.model = '%s' AND a.%s IS NOT NULL%s)\
    """
        .formatted(
            customer ? "COALESCE(m.subject, a.person)" : "a.account",
            ended,
            customer
                ? " LEFT JOIN %s m ON m.person = a.person".formatted(tables.name("merged"))
                : "",
            model.name(),
            customer ? "person" : "account",
            known);
  }
}
