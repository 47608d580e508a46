package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads whose subjects are and when they renew.
final class OwnershipReader {
  private static final int MOST_RENEWALS = 10_000;

  private OwnershipReader() {}

  static Ownership read(Db db, StateQueries states, Model.Subject subject, int day, int ahead) {
    String all = states.everybody(subject, day);
    return new Ownership(owned(db, all), renewals(db, all, subject, day, ahead));
  }

  private static Map<String, BitSet> owned(Db db, String all) {
    Map<String, BitSet> owned = new TreeMap<>();
    db.chunks(
        "SELECT no, owner FROM (SELECT no, %s AS owner FROM (%s) s) WHERE owner <> ''"
            .formatted(trait("owner"), all),
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
