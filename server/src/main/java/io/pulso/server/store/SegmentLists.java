package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/// Who is on the lists of segments, and was at any time. A customer stays on a list under whatever
/// ids they get later.
public final class SegmentLists {
  private static final String HOLDS =
      "l.segment = ? AND l.from_at <= make_timestamptz(?) AND (l.to_at IS NULL OR l.to_at > make_timestamptz(?))";

  private final Db db;

  SegmentLists(Db db) {
    this.db = db;
  }

  /// What became of ids that were to be on a list.
  ///
  /// @param added who were not on it
  /// @param kept who were
  /// @param removed who were, and are no longer
  /// @param unknown ids of nobody
  public record Changed(int read, int added, int kept, int removed, List<String> unknown) {
    public Changed {
      unknown = List.copyOf(unknown);
    }
  }

  /// Puts some on a list.
  ///
  /// @param replace takes off all others
  /// @param at in microseconds
  public Changed put(
      String segment, Model.Subject kind, Collection<String> ids, boolean replace, long at) {
    Set<String> wanted = new LinkedHashSet<>(ids);
    return db.inTransaction(() -> {
      db.run("CREATE OR REPLACE TEMP TABLE listed_id (id VARCHAR)");
      append(wanted);
      db.run("CREATE OR REPLACE TEMP TABLE listed_now AS " + known(kind));
      List<String> unknown =
          db.list(
              "SELECT id FROM listed_id WHERE id NOT IN (SELECT id FROM listed_now) ORDER BY 1",
              row -> row.getString(1));
      Changed changed = change(segment, kind, replace, at, wanted.size(), unknown);
      db.run("DROP TABLE listed_id");
      db.run("DROP TABLE listed_now");
      return changed;
    });
  }

  private void append(Set<String> ids) {
    Db.tried(
        "append ids",
        () -> {
          try (DuckDBAppender appender = db.appender("temp", "listed_id")) {
            for (String id : ids) {
              appender.beginRow().append(id).endRow();
            }
          }
          return true;
        });
  }

  /// Takes some off a list.
  ///
  /// @param at in microseconds
  public Changed remove(String segment, Model.Subject kind, Collection<String> ids, long at) {
    Set<String> off = new LinkedHashSet<>(ids);
    Set<String> stay = new LinkedHashSet<>(ids(segment, kind, at));
    Set<String> unknown = new LinkedHashSet<>(off);
    unknown.removeAll(stay);
    stay.removeAll(off);
    Changed changed = put(segment, kind, stay, true, at);
    return new Changed(off.size(), 0, changed.kept(), changed.removed(), List.copyOf(unknown));
  }

  /// The ids by which those on a list go.
  ///
  /// @param at in microseconds
  public List<String> ids(String segment, Model.Subject kind, long at) {
    String sql =
        switch (kind) {
          case CUSTOMER ->
              "SELECT DISTINCT p.id FROM segment_listed l LEFT JOIN merged m ON m.person = l.person JOIN person p ON p.no = COALESCE(m.subject, l.person) WHERE ";
          case ACCOUNT ->
              "SELECT DISTINCT p.id FROM segment_listed l JOIN account p ON p.no = l.account WHERE ";
        };
    return db.list(
        sql + HOLDS + " AND p.id <> '' ORDER BY 1", row -> row.getString(1), segment, at, at);
  }

  /// Forgets a list as if it had never been.
  public void drop(String segment) {
    db.transaction(() -> db.run("DELETE FROM segment_listed WHERE segment = ?", segment));
  }

  /// The numbers of those who are on a list at an instant.
  static BitSet on(Db db, Tables tables, String segment, Model.Subject kind, long at) {
    String sql =
        switch (kind) {
          case CUSTOMER ->
              "SELECT COALESCE(m.subject, l.person) FROM segment_listed l LEFT JOIN %s m ON m.person = l.person WHERE l.person IS NOT NULL AND "
                  .formatted(tables.name("merged"));
          case ACCOUNT -> "SELECT l.account FROM segment_listed l WHERE l.account IS NOT NULL AND ";
        };
    BitSet numbers = new BitSet();
    db.list(sql + HOLDS, row -> row.getInt(1), segment, at, at).forEach(numbers::set);
    return numbers;
  }

  /// The ids that are somebody's, with the number of whom they belong to.
  private static String known(Model.Subject kind) {
    return switch (kind) {
      case CUSTOMER ->
          "SELECT i.id, COALESCE(m.subject, p.no) AS no FROM listed_id i JOIN person p ON p.id = i.id LEFT JOIN merged m ON m.person = p.no JOIN subject s ON s.no = COALESCE(m.subject, p.no) WHERE i.id <> ''";
      case ACCOUNT ->
          "SELECT i.id, p.no FROM listed_id i JOIN account p ON p.id = i.id JOIN account_subject s ON s.no = p.no WHERE i.id <> ''";
    };
  }

  private Changed change(
      String segment,
      Model.Subject kind,
      boolean replace,
      long at,
      int read,
      List<String> unknown) {
    String key = kind == Model.Subject.CUSTOMER ? "person" : "account";
    String whose =
        kind == Model.Subject.CUSTOMER
            ? "COALESCE((SELECT m.subject FROM merged m WHERE m.person = segment_listed.person), person)"
            : "account";
    db.run(
        "CREATE OR REPLACE TEMP TABLE listed_before AS SELECT DISTINCT %s AS no FROM segment_listed WHERE segment = ? AND to_at IS NULL AND %s IS NOT NULL"
            .formatted(whose, key),
        segment);
    long kept =
        db.number(
            "SELECT COUNT(*) FROM (SELECT DISTINCT no FROM listed_now) WHERE no IN (SELECT no FROM listed_before)");
    long added =
        db.run(
            "INSERT INTO segment_listed (segment, %s, from_at) SELECT DISTINCT ?, no, make_timestamptz(?) FROM listed_now WHERE no NOT IN (SELECT no FROM listed_before)"
                .formatted(key),
            segment,
            at);
    long removed = 0;
    if (replace) {
      removed =
          db.number(
              "SELECT COUNT(*) FROM listed_before WHERE no NOT IN (SELECT no FROM listed_now)");
      db.run(
          "UPDATE segment_listed SET to_at = make_timestamptz(?) WHERE segment = ? AND to_at IS NULL AND %s IS NOT NULL AND %s NOT IN (SELECT no FROM listed_now)"
              .formatted(key, whose),
          at,
          segment);
    }
    db.run("DROP TABLE listed_before");
    return new Changed(
        read, Math.toIntExact(added), Math.toIntExact(kept), Math.toIntExact(removed), unknown);
  }
}
