package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.store.Comments;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What customers wrote beside their answers to surveys, the newest first. It tells ids and no
/// traits, so there is nothing personal to mask beyond what customers wrote themselves.
final class CommentRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int PARTS = 4;
  private static final List<String> KINDS = List.of("nps", "csat", "effort");

  private final Questions questions;

  CommentRoutes(Questions questions) {
    this.questions = questions;
  }

  void add(Routes routes) {
    routes.get("/api/v1/surveys/{survey}/comments", Scope.READ, this::list);
  }

  private Json list(Call call) {
    String kind = call.path("survey");
    if (!KINDS.contains(kind)) {
      throw new Refused(404, "there are surveys of the kinds " + String.join(", ", KINDS));
    }
    Period period = MetricRoutes.period(call, questions.today());
    Integer limit = call.whole("limit", 1, MOST);
    int most = limit == null ? USUAL : limit;
    int question = call.question("cursor", "limit");
    Comments.Asked asked =
        new Comments.Asked(
            kind,
            Objects.requireNonNullElse(call.free("search"), ""),
            questions.days().start(period.first()),
            questions.days().end(period.last()),
            place(call.text("cursor"), question),
            most + 1);
    return questions.ask((store, view) -> {
      List<Comments.Row> found = view.comments().find(asked);
      List<Comments.Row> page = found.subList(0, Math.min(most, found.size()));
      int[] numbers = page.stream().mapToInt(Comments.Row::subject).distinct().toArray();
      BitSet seen = view.stillThere(Model.Subject.CUSTOMER, numbers);
      return new Answer()
          .put("kind", kind)
          .day("from", period.first())
          .day("to", period.last())
          .objects(
              "comments",
              page.stream().filter(row -> seen.get(row.subject())).toList(),
              row -> comment(view, row))
          .put("next", found.size() > most ? next(page.getLast().place(), question) : null)
          .json();
    });
  }

  private static Answer comment(View view, Comments.Row row) {
    Double score = row.score();
    return new Answer()
        .put("customer", view.id(Model.Subject.CUSTOMER, row.subject()))
        .put("score", score == null ? new Json.Null() : new Json.Num(score))
        .put("comment", row.text())
        .put("at", Instant.EPOCH.plus(row.at(), ChronoUnit.MICROS).toString());
  }

  private static Standings.@Nullable Place place(@Nullable String cursor, int question) {
    if (cursor == null) {
      return null;
    }
    List<String> parts = Cursor.read(cursor, PARTS);
    if (!parts.getFirst().equals(String.valueOf(question))) {
      throw Cursor.wrong();
    }
    return new Standings.Place(Cursor.number(parts.get(1)), parts.get(2), parts.get(3));
  }

  private static String next(Standings.Place last, int question) {
    return Cursor.of(
        List.of(
            String.valueOf(question),
            String.valueOf(last.occurredAt()),
            last.messageId(),
            last.source()));
  }
}
