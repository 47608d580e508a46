package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.ConditionSql;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;

/// Queries over the traits that hold at the end of a local day.
final class StateQueries {
  private static final String NO_TRAITS =
      " LEFT JOIN (SELECT CAST(NULL AS STRING) AS traits) t ON TRUE";

  private final Tables tables;
  private final LocalDays days;
  private final Dialect dialect;

  StateQueries(Tables tables, LocalDays days) {
    this(tables, days, new DuckDb());
  }

  StateQueries(Tables tables, LocalDays days, Dialect dialect) {
    this.tables = tables;
    this.days = days;
    this.dialect = dialect;
  }

  /// The numbers of the subjects for which a condition holds: column `no`.
  String matching(Model.Subject subject, Condition condition, int day) {
    String where = ConditionSql.print(condition, new StateColumns(), dialect);
    boolean account = ConditionNames.reads(condition, Path.Root.ACCOUNT);
    String from =
        switch (subject) {
          case CUSTOMER ->
              tables.name("subject")
                  + " x"
                  + (ConditionNames.reads(condition, Path.Root.TRAITS)
                      ? " LEFT JOIN %s t ON t.subject = x.no AND %s"
                          .formatted(tables.name("trait_state"), holds("t", day))
                      : NO_TRAITS)
                  + (account
                      ? " LEFT JOIN %s b ON b.subject = x.no AND %s LEFT JOIN %s a ON a.account = b.account AND %s"
                          .formatted(
                              tables.name("membership"),
                              holds("b", day),
                              tables.name("account_state"),
                              holds("a", day))
                      : "");
          case ACCOUNT ->
              "%s x%s LEFT JOIN %s a ON a.account = x.no AND %s"
                  .formatted(
                      tables.name("account_subject"),
                      NO_TRAITS,
                      tables.name("account_state"),
                      holds("a", day));
        };
    return "SELECT x.no FROM " + from + " WHERE (" + where + ")";
  }

  /// The traits of one subject: column `traits`, its number is the parameter.
  String traits(Model.Subject subject, int day) {
    return switch (subject) {
      case CUSTOMER ->
          "SELECT t.traits FROM %s t WHERE t.subject = ? AND %s"
              .formatted(tables.name("trait_state"), holds("t", day));
      case ACCOUNT ->
          "SELECT a.traits FROM %s a WHERE a.account = ? AND %s"
              .formatted(tables.name("account_state"), holds("a", day));
    };
  }

  /// The query of all subjects with their traits: no, traits.
  String everybody(Model.Subject subject, int day) {
    return switch (subject) {
      case CUSTOMER ->
          "SELECT t.subject AS no, t.traits FROM %s t WHERE %s"
              .formatted(tables.name("trait_state"), holds("t", day));
      case ACCOUNT ->
          "SELECT a.account AS no, a.traits FROM %s a WHERE %s"
              .formatted(tables.name("account_state"), holds("a", day));
    };
  }

  /// The query of all subjects with the trait `owner`, their own or that of the account that a
  /// customer is in: no, owner.
  String owners(Model.Subject subject, int day) {
    return switch (subject) {
      case CUSTOMER ->
          """
          SELECT t.subject AS no, %1$s AS owner FROM %2$s t WHERE %3$s
          UNION SELECT b.subject, %4$s FROM %5$s b JOIN %6$s a ON a.account = b.account WHERE %7$s AND %8$s\
          """
              .formatted(
                  owner("t"),
                  tables.name("trait_state"),
                  holds("t", day),
                  owner("a"),
                  tables.name("membership"),
                  tables.name("account_state"),
                  holds("b", day),
                  holds("a", day));
      case ACCOUNT ->
          "SELECT a.account AS no, %s AS owner FROM %s a WHERE %s"
              .formatted(owner("a"), tables.name("account_state"), holds("a", day));
    };
  }

  private static String owner(String alias) {
    return "json_extract_string(%s.traits, '$.owner')".formatted(alias);
  }

  private String holds(String alias, int day) {
    return "%1$s.from_at <= %2$s AND %1$s.to_at > %2$s"
        .formatted(alias, dialect.instant(days.end(day) - 1));
  }
}
