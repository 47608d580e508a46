package io.pulso.server.api;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.server.event.InputException;
import io.pulso.server.store.ExcludedRecords;
import io.pulso.server.store.Exclusion;
import io.pulso.server.store.Quality;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Readmissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Quality rules and what they leave out as JSON, for the API and the command line alike.
public final class QualityAnswer {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

  private QualityAnswer() {}

  public static Json.Obj rules(Quality quality) {
    List<ExcludedRecords.Count> counts = quality.excluded().counts();
    QualityRules rules = quality.rules();
    return new Answer()
        .put("applied", quality.isApplied())
        .objects("rules", Exclusion.rules(), rule -> rule(rule, rules, counts))
        .json();
  }

  private static Answer rule(String rule, QualityRules rules, List<ExcludedRecords.Count> counts) {
    Answer reasons = new Answer();
    long excluded = 0;
    for (ExcludedRecords.Count count : counts) {
      if (count.reason().rule().equals(rule)) {
        reasons.put(count.reason().word(), count.records());
        excluded += count.records();
      }
    }
    return new Answer()
        .put("rule", rule)
        .put("on", rules.isOn(rule))
        .put("settings", settings(rule, rules))
        .put("excluded", excluded)
        .put("reasons", reasons.json());
  }

  private static Json settings(String rule, QualityRules rules) {
    Answer answer = new Answer();
    switch (rule) {
      case "mail_scanners" ->
          answer
              .texts("networks", rules.mail().networks().texts())
              .texts("prefetchers", rules.mail().prefetchers());
      case "internal" ->
          answer
              .texts("domains", rules.internal().domains())
              .texts("networks", rules.internal().networks().texts())
              .put("people", text(rules.internal().people()))
              .put("match", text(rules.internal().match()));
      case "bursts" ->
          answer.put(
              "per_minute",
              rules.perMinute() == 0 ? new Json.Null() : new Json.Num(rules.perMinute()));
      default -> {}
    }
    return answer.json();
  }

  private static @Nullable String text(@Nullable Expression expression) {
    return expression == null ? null : expression.text();
  }

  /// Records that are left out, the newest first.
  ///
  /// @param rule null for all
  /// @param customer whose records; null for everybody's
  /// @param cursor where an answer ended; null for the first one
  public static Json.Obj excluded(
      Quality quality,
      @Nullable String rule,
      @Nullable String customer,
      @Nullable String cursor,
      int limit) {
    if (rule != null && !Exclusion.rules().contains(rule)) {
      throw new InputException("'rule' is one of " + String.join(", ", Exclusion.rules()));
    }
    ExcludedRecords records = quality.excluded();
    if (customer != null && !records.knows(customer)) {
      throw new InputException("no stored record has the id '%s'".formatted(customer));
    }
    List<ExcludedRecords.Row> rows =
        records.list(new ExcludedRecords.Question(rule, customer, place(cursor), limit));
    ExcludedRecords.Place last = rows.size() < limit ? null : rows.getLast().place();
    return new Answer()
        .objects("excluded", rows, QualityAnswer::row)
        .put("next_cursor", last == null ? null : last.importNumber() + "-" + last.seq())
        .json();
  }

  private static ExcludedRecords.@Nullable Place place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    Matcher parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw new InputException("'cursor' is what an answer gave as next_cursor");
    }
    return new ExcludedRecords.Place(
        Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  private static Answer row(ExcludedRecords.Row row) {
    return new Answer()
        .put("rule", row.reason().rule())
        .put("reason", row.reason().word())
        .put("source", row.source())
        .put("message_id", row.messageId())
        .put("customer", row.id())
        .put("type", row.type())
        .put("name", row.name())
        .put("occurred_at", instant(row.occurredAt()))
        .put("user_agent", row.userAgent())
        .put("ip", row.address());
  }

  static String instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  public static Json.Obj applied(long changed) {
    return new Answer().put("changed", changed).json();
  }

  public static Json.Obj swept(long removed) {
    return new Answer().put("removed", removed).json();
  }

  public static Json.Obj readmitted(Readmissions.Done done) {
    return new Answer().put("id", done.no()).put("changed", done.changed()).json();
  }

  public static Json.Obj readmissions(List<Readmissions.Row> rows) {
    return new Answer()
        .objects(
            "readmitted",
            rows,
            row ->
                new Answer()
                    .put("id", row.no())
                    .put("rule", row.rule().isEmpty() ? null : row.rule())
                    .put("customer", row.id())
                    .put("message_id", row.messageId())
                    .put("source", row.source())
                    .put("note", row.note())
                    .put("readmitted_at", instant(row.at())))
        .json();
  }
}
