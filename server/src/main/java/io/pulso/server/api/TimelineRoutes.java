package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.EventWorth;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a customer or the people of an account did, event by event.
final class TimelineRoutes {
  private static final int USUAL = 50;
  private static final int MOST = 500;
  private static final int PARTS = 4;

  /// The years that stored times can have.
  private static final long FIRST = -62_167_219_200_000_000L;

  private static final long LAST = 253_402_387_200_000_000L;

  private final Questions questions;

  TimelineRoutes(Questions questions) {
    this.questions = questions;
  }

  void add(Routes routes) {
    for (Model.Subject kind : Model.Subject.values()) {
      routes.get(Questions.at(kind) + "/{id}/timeline", Scope.READ, call -> timeline(call, kind));
    }
  }

  private Json timeline(Call call, Model.Subject kind) {
    Integer limit = call.whole("limit", 1, MOST);
    Integer from = call.day("from");
    Integer to = call.day("to");
    if (from != null && to != null && from > to) {
      throw new Refused(400, "'from' lies after 'to'");
    }
    int most = limit == null ? USUAL : limit;
    int question = call.question("cursor", "limit");
    Standings.Asked asked =
        new Standings.Asked(
            call.free("event"),
            call.free("source"),
            from == null ? FIRST : questions.days().start(from),
            to == null ? LAST : questions.days().end(to),
            place(call.text("cursor"), question),
            most + 1);
    int day = questions.day(call);
    return questions.ask((store, view) -> {
      InUse use = questions.use(store, call, kind, day);
      Individual who = DetailRoutes.individual(view, kind, call.path("id"));
      List<Standings.Told> found = view.standings(kind).events(who.number(), asked);
      List<Standings.Told> page = found.subList(0, Math.min(most, found.size()));
      EventWorth worth = worth(view, use, who, day, page);
      return new Answer()
          .put("subject", who.id())
          .put("model", use == null ? null : use.model().name())
          .put("version", use == null ? null : use.version())
          .day("day", day)
          .objects("events", page, told -> event(told, worth))
          .put("next", found.size() > most ? next(page.getLast(), question) : null)
          .json();
    });
  }

  private EventWorth worth(
      View view, @Nullable InUse use, Individual who, int day, List<Standings.Told> page) {
    if (use == null || page.isEmpty()) {
      return EventWorth.NONE;
    }
    int first = questions.days().day(page.getLast().occurredAt());
    int last = questions.days().day(page.getFirst().occurredAt());
    // Clocks that are set back at midnight repeat a day.
    return EventWorth.of(view, use.model(), who, first - 1, last + 1, day);
  }

  private static Standings.@Nullable Place place(@Nullable String cursor, int question) {
    if (cursor == null) {
      return null;
    }
    List<String> parts = Cursor.read(cursor, PARTS);
    if (!parts.get(0).equals(String.valueOf(question))) {
      throw Cursor.wrong();
    }
    return new Standings.Place(Cursor.number(parts.get(1)), parts.get(2), parts.get(3));
  }

  private static String next(Standings.Told last, int question) {
    return Cursor.of(
        List.of(
            String.valueOf(question),
            String.valueOf(last.occurredAt()),
            last.messageId(),
            last.source()));
  }

  private static Answer event(Standings.Told told, EventWorth worth) {
    return new Answer()
        .put("type", told.type())
        .put("event", told.event())
        .put("name", told.name())
        .put("source", told.source())
        .put("channel", told.channel())
        .put("id", told.id())
        .put("account", told.account())
        .put("occurred_at", instant(told.occurredAt()))
        .put("received_at", told.receivedAt() == null ? null : instant(told.receivedAt()))
        .put("message_id", told.messageId())
        .put("properties", ListRoutes.object(told.properties()))
        .put("excluded", told.excluded())
        .objects(
            "activities",
            told.excluded() ? List.of() : worth.of(told.occurredAt(), told.messageId()),
            one ->
                new Answer()
                    .put("activity", one.activity())
                    .milli("points_about", one.points())
                    .put("uncounted", one.uncounted() == null ? null : one.uncounted().code()));
  }

  private static String instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
