package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A random world with tickets: some of its events become steps of tickets, and whole tickets come
/// beside them, with clocks that go wrong, copies, steps that come late, ids that others use too,
/// and none.
final class RandomHelpdesk {
  static final List<String> EVENTS =
      List.of("Ticket Created", "Ticket Replied", "Ticket Resolved", "Ticket Reopened");

  private static final List<Json> IDS =
      List.of(
          Samples.json("t1"),
          Samples.json("t2"),
          Samples.json("1"),
          Samples.json(1),
          Samples.json(""),
          Samples.json(true),
          Samples.json(null),
          Samples.array("t1"));

  private static final List<Json> AGENTS =
      List.of(Samples.json("kim"), Samples.json("lee"), Samples.json(7), Samples.json(null));

  private static final List<Json> TIERS =
      List.of(
          Samples.json("gold"), Samples.json("\u540D\u524D"), Samples.json(1), Samples.json(""));

  private static final List<String> USERS = List.of("ann", "bob", "O'Brien", "a1", "zoe");

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private final Dice dice;
  private final Scene scene;
  private final List<Event> records = new ArrayList<>();
  private int tickets;

  private RandomHelpdesk(Dice dice, Scene scene) {
    this.dice = dice;
    this.scene = scene;
  }

  static World world(Dice dice, Scene scene) {
    RandomHelpdesk desk = new RandomHelpdesk(dice, scene);
    int share = dice.one(0, 40, 80);
    for (Event event : RandomWorlds.world(dice, scene).records()) {
      desk.records.add(
          event.type() == EventType.TRACK && dice.percent(share)
              ? desk.step(event, dice.one(EVENTS), dice.one(IDS), event.occurredAt())
              : event);
    }
    int stories = dice.between(0, 14);
    for (int i = 0; i < stories; i++) {
      desk.story();
    }
    return new World(scene.zone(), desk.records);
  }

  /// A ticket from its beginning on, mostly.
  private void story() {
    Json id = dice.percent(60) ? Samples.json("new" + tickets) : dice.one(IDS);
    tickets++;
    String user = dice.maybe(90, USERS);
    long begun = dice.one(scene.instants());
    long at = begun;
    int steps = dice.between(1, 7);
    for (int i = 0; i < steps; i++) {
      boolean begins = i == 0 ? dice.percent(92) : at == begun && dice.percent(40);
      String event = begins ? EVENTS.getFirst() : dice.one(EVENTS);
      Event made = step(blank(user, i), event, id, at);
      records.add(made);
      if (dice.percent(8)) {
        records.add(step(made, dice.percent(50) ? event : dice.one(EVENTS), id, at));
      }
      at += gap();
    }
  }

  /// From one step to the next one; clocks may go wrong.
  private long gap() {
    return switch (dice.below(10)) {
      case 0, 1 -> 0;
      case 2 -> 1;
      case 3 -> -dice.below(2 * DAY);
      case 4, 5 -> DAY * dice.one(1, 1, 2, 7);
      case 6 -> dice.below(20 * DAY);
      default -> SECOND * dice.one(60, 3_600, 7_200, 86_399);
    };
  }

  private Event blank(@Nullable String user, int step) {
    boolean other = dice.percent(15);
    String by = other ? dice.maybe(60, USERS) : user;
    String source = dice.percent(80) ? "web" : "shop";
    return new Event(
        EventType.TRACK,
        by,
        by == null ? dice.maybe(60, List.of("a1", "a2")) : null,
        null,
        dice.maybe(10, List.of("acme", "ann")),
        EVENTS.getFirst(),
        null,
        dice.maybe(60, RandomWorlds.CHANNELS),
        0,
        0,
        true,
        "T" + tickets + "-" + step,
        source,
        source.equals("shop"),
        Json.Obj.EMPTY,
        Json.Obj.EMPTY,
        Json.Obj.EMPTY);
  }

  /// The same event as a step of a ticket.
  private Event step(Event of, String event, Json id, long at) {
    Map<String, Json> properties = new LinkedHashMap<>(of.properties().fields());
    if (dice.percent(97)) {
      properties.put("ticket_id", id);
    }
    put(properties, "agent", 60, AGENTS);
    put(properties, "tier", 50, TIERS);
    put(properties, "campaign", 15, TIERS);
    Map<String, Json> context = new LinkedHashMap<>(of.context().fields());
    if (dice.percent(25)) {
      context.put("campaign", Samples.object("name", dice.one("spring", "gold")));
    }
    boolean assumed = dice.percent(50);
    return new Event(
        of.type(),
        of.userId(),
        of.anonymousId(),
        of.previousId(),
        of.groupId(),
        event,
        of.name(),
        of.channel(),
        at,
        assumed ? at : at + dice.below(5 * DAY),
        assumed,
        of.messageId(),
        of.source(),
        of.trusted(),
        new Json.Obj(properties),
        new Json.Obj(context),
        of.traits());
  }

  private void put(Map<String, Json> properties, String key, int chance, List<Json> of) {
    if (dice.percent(chance)) {
      properties.put(key, dice.one(of));
    }
  }
}
