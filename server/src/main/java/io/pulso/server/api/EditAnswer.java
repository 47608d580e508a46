package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.edit.BulkJob;
import io.pulso.server.score.Individual;
import io.pulso.server.store.GivenPoints;
import io.pulso.server.store.Links;
import io.pulso.server.store.Sentiments;
import io.pulso.server.store.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was changed by hand, as JSON.
final class EditAnswer {
  private EditAnswer() {}

  static Answer sentiment(Sentiments.Row row) {
    return new Answer()
        .put("mood", row.mood().code())
        .put("note", row.note())
        .put("author", row.author())
        .put("said_at", instant(row.at()));
  }

  /// @param today by which it is told whether they hold
  static Answer adjustment(GivenPoints.Row row, int today) {
    return new Answer()
        .put("id", row.no())
        .put(Questions.word(row.kind()), row.id())
        .put("model", row.model())
        .milli("points", row.points())
        .day("first_day", row.first())
        .day("last_day", row.last())
        .put("reason", row.reason())
        .put("author", row.author())
        .put("given_at", instant(row.givenAt()))
        .day("ended_on", row.endedDay())
        .put("ended_by", row.endedBy())
        .put("holds", row.holds(today));
  }

  static Json links(Links links, Individual who) {
    return new Answer()
        .put("customer", who.id())
        .objects(
            "links",
            links.of(who.number()),
            link ->
                new Answer()
                    .put("from", link.id())
                    .put("to", link.to())
                    .put("since", instant(link.since())))
        .objects("undone", links.undone(who.number()), EditAnswer::undone)
        .json();
  }

  static Answer undone(Links.Undone link) {
    return new Answer()
        .put("id", link.no())
        .put("from", link.id())
        .put("to", link.to())
        .put("note", link.note())
        .put("undone_at", instant(link.undoneAt()))
        .put("undone_by", link.undoneBy())
        .put("restored_at", instant(link.restoredAt()))
        .put("restored_by", link.restoredBy());
  }

  static Json traitHistory(View view, Individual who, String trait) {
    List<Answer> values = new ArrayList<>();
    view.traitHistory(
        who.kind(),
        who.number(),
        trait,
        (from, value) ->
            values.add(
                new Answer()
                    .put("from", instant(from))
                    .put("value", value == null ? new Json.Null() : value)));
    return new Answer()
        .put("id", who.id())
        .put("trait", trait)
        .objects("values", values, one -> one)
        .json();
  }

  static Answer job(BulkJob job) {
    Long left = job.secondsLeft();
    return new Answer()
        .put("id", job.id())
        .put("kind", Questions.word(job.kind()))
        .put("state", job.state().code())
        .put("done", job.done())
        .put("total", job.total())
        .put("seconds_left", left == null ? new Json.Null() : new Json.Num(left))
        .put("fault", job.fault());
  }

  private static @Nullable String instant(@Nullable Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
