package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads whose subjects are and when they renew.
final class OwnershipReader {
  private static final int MOST_RENEWALS = 10_000;

  private OwnershipReader() {}

  static Ownership read(Db db, StateQueries states, Model.Subject subject, int day, int ahead) {
    String all = states.everybody(subject, day);
    return new Ownership(
        owned(db, states.owners(subject, day)), renewals(db, all, subject, day, ahead));
  }

  /// The names of some.
  static Map<Integer, String> names(
      Db db, StateQueries states, Model.Subject subject, int[] some, int day) {
    Map<Integer, String> names = new HashMap<>();
    if (some.length > 0) {
      String among =
          IntStream.of(some).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
      db.list(
              "SELECT no, name FROM (SELECT s.no, %s AS name FROM (%s) s WHERE s.no IN %s) WHERE name <> ''"
                  .formatted(trait("name"), states.everybody(subject, day), among),
              row -> Map.entry(row.getInt(1), row.getString(2)))
          .forEach(row -> names.put(row.getKey(), row.getValue()));
    }
    return names;
  }

  private static Map<String, BitSet> owned(Db db, String owners) {
    Map<String, BitSet> owned = new TreeMap<>();
    db.chunks(
        "SELECT no, owner FROM (%s) WHERE owner <> ''".formatted(owners),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            owned
                .computeIfAbsent(
                    chunk.vector(1).getString(i).toLowerCase(Locale.ROOT), owner -> new BitSet())
                .set(chunk.vector(0).getInt(i));
          }
        });
    return owned;
  }

  private static List<Ownership.Renewing> renewals(
      Db db, String all, Model.Subject subject, int day, int ahead) {
    return db.list(
        """
        SELECT s.no, p.id, s.renews, %1$s, %2$s, TRY_CAST(%3$s AS BIGINT), %4$s FROM (
          SELECT *, datediff('day', DATE '1970-01-01', TRY_CAST(left(%5$s, 10) AS DATE)) AS renews FROM (%6$s) s) s
        JOIN %7$s p ON p.no = s.no
        WHERE s.renews BETWEEN %8$d AND %9$d ORDER BY s.renews, p.id LIMIT %10$d
        """
            .formatted(
                trait("name"),
                trait("owner"),
                trait("mrr"),
                trait("currency"),
                trait("renewal_date"),
                all,
                subject == Model.Subject.CUSTOMER ? "person" : "account",
                day,
                day + ahead,
                MOST_RENEWALS),
        row ->
            new Ownership.Renewing(
                row.getInt(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getInt(3)),
                row.getString(4),
                row.getString(5),
                Db.orNull(row, 6),
                row.getString(7)));
  }

  private static String trait(String name) {
    return "json_extract_string(s.traits, '$.%s')".formatted(name);
  }
}
