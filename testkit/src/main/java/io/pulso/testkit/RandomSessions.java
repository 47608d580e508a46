package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A random world in which events lie half an hour apart, give or take a microsecond, and some name
/// their session; and what to count in it.
public record RandomSessions(World world, List<SessionQuestion> questions) {
  private static final long MINUTE = 60_000_000L;
  private static final List<Json> IDS =
      List.of(new Json.Str("s1"), new Json.Str("s2"), new Json.Str(""), new Json.Num(7));
  private static final List<String> PARTS =
      List.of("channel", "source", "name", "properties.s", "traits.plan", "account.tier");

  public static RandomSessions of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World plain = RandomWorlds.world(dice, scene);
    List<Event> records = new ArrayList<>();
    plain.records().forEach(record -> records.add(changed(dice, record)));
    List<SessionQuestion> questions = new ArrayList<>();
    for (SessionFact fact : SessionFact.values()) {
      questions.add(question(dice, scene, fact));
    }
    return new RandomSessions(new World(plain.zone(), records), List.copyOf(questions));
  }

  private static Event changed(Dice dice, Event event) {
    long shift = dice.between(-3, 5) * dice.one(10, 30, 30) * MINUTE + dice.one(-1, 0, 0, 0, 1);
    boolean view = event.type() == EventType.SCREEN && dice.percent(70);
    boolean beat = event.type() == EventType.TRACK && dice.percent(15);
    return new Event(
        view ? EventType.PAGE : event.type(),
        event.userId(),
        event.anonymousId(),
        event.previousId(),
        event.groupId(),
        beat ? "Time Spent" : event.event(),
        event.name(),
        event.type().isEvent() && dice.percent(50) ? "web" : event.channel(),
        event.occurredAt() + shift,
        event.receivedAt() + shift,
        event.receivedAssumed(),
        event.messageId(),
        event.source(),
        event.trusted(),
        with(event.properties(), "$session_id", event.type().isEvent() ? dice.maybe(8, IDS) : null),
        with(event.context(), "sessionId", event.type().isEvent() ? dice.maybe(35, IDS) : null),
        event.traits());
  }

  private static Json.Obj with(Json.Obj object, String key, @Nullable Json value) {
    if (value == null) {
      return object;
    }
    Map<String, Json> fields = new LinkedHashMap<>(object.fields());
    fields.put(key, value);
    return new Json.Obj(fields);
  }

  private static SessionQuestion question(Dice dice, Scene scene, SessionFact fact) {
    int last = (int) scene.day(dice).toEpochDay();
    int first = last - dice.one(0, 1, 6, 27, 60);
    Every every = dice.one(Every.values());
    DayOfWeek weekStart = dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
    @Nullable Path by = dice.percent(50) ? By.read(dice.one(PARTS)) : null;
    return new SessionQuestion(
        fact, dice.one(Select.Who.values()), every, every.periods(first, last, weekStart), by);
  }
}
