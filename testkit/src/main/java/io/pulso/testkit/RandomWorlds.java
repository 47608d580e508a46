package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small worlds in which much collides: few ids, few instants, copies, links and moves.
final class RandomWorlds {
  static final List<String> EVENTS =
      List.of(
          "Login",
          "Feature Used",
          "Invite Sent",
          "Email Delivered",
          "Ticket Replied",
          "Order Refunded",
          "it's \"50%\" off");

  static final List<String> NAMES = List.of("Home", "Pricing", "\u540D\u524D");

  static final List<String> CHANNELS = List.of("web", "app", "email");

  static final List<String> KEYS = List.of("n", "s", "tag", "minutes", "list", "obj", "it's");

  private static final List<String> USERS = List.of("ann", "bob", "O'Brien", "\u540D\u524D", "a1");

  private static final List<String> VISITORS = List.of("a1", "a2", "\uFF5E", "ann");

  private static final List<String> GROUPS = List.of("acme", "other \"inc\"", "ann");

  private static final List<String> VALUES = List.of("value", "revenue", "total", "agent");

  private static final List<EventType> TYPES =
      List.of(
          EventType.TRACK,
          EventType.TRACK,
          EventType.TRACK,
          EventType.TRACK,
          EventType.PAGE,
          EventType.SCREEN,
          EventType.IDENTIFY,
          EventType.GROUP,
          EventType.ALIAS);

  private static final List<Json> PLANS =
      List.of(Samples.json("pro"), Samples.json("free"), Samples.json(null), Samples.json(5));

  private static final List<Json> TIERS =
      List.of(Samples.json(1), Samples.json(2), Samples.json("1"), Samples.json(null));

  private final Dice dice;
  private final Scene scene;
  private final List<String> users;
  private final List<String> visitors;
  private final List<String> groups;
  private final List<Event> records = new ArrayList<>();

  private RandomWorlds(Dice dice, Scene scene) {
    this.dice = dice;
    this.scene = scene;
    this.users = some(USERS);
    this.visitors = some(VISITORS);
    this.groups = some(GROUPS);
  }

  static World world(Dice dice, Scene scene) {
    RandomWorlds worlds = new RandomWorlds(dice, scene);
    int count = dice.between(3, 60);
    for (int i = 1; i <= count; i++) {
      worlds.records.add(worlds.record(i));
    }
    return new World(scene.zone(), worlds.records);
  }

  private List<String> some(List<String> all) {
    return all.subList(0, dice.between(2, all.size()));
  }

  private Event record(int number) {
    if (!records.isEmpty() && dice.percent(6)) {
      return copy(dice.one(records));
    }
    EventType type = dice.one(TYPES);
    boolean alias = type == EventType.ALIAS;
    String user = dice.maybe(alias ? 100 : 60, users);
    String visitor = dice.maybe(alias ? 20 : user == null ? 95 : 40, visitors);
    String group = dice.maybe(type == EventType.GROUP ? 100 : type.isEvent() ? 15 : 0, groups);
    return record(number, type, user, visitor, group);
  }

  private Event record(
      int number,
      EventType type,
      @Nullable String user,
      @Nullable String visitor,
      @Nullable String group) {
    boolean view = type == EventType.PAGE || type == EventType.SCREEN;
    boolean assumed = dice.percent(50);
    long occurred = dice.one(scene.instants());
    String source = dice.percent(80) ? "web" : "shop";
    return new Event(
        type,
        user,
        visitor,
        type == EventType.ALIAS ? dice.one(dice.percent(50) ? users : visitors) : null,
        group,
        type == EventType.TRACK ? dice.one(EVENTS) : null,
        view ? dice.maybe(90, NAMES) : null,
        type.isEvent() ? dice.maybe(60, CHANNELS) : null,
        occurred,
        assumed ? occurred : received(occurred),
        assumed,
        messageId(number),
        source,
        source.equals("shop"),
        type.isEvent() ? properties() : Json.Obj.EMPTY,
        context(type, group),
        type == EventType.IDENTIFY || type == EventType.GROUP ? traits() : Json.Obj.EMPTY);
  }

  /// The same messageId again, of the same or of another record.
  private Event copy(Event of) {
    Event other = dice.percent(50) ? of : record(0, of.type(), of.userId(), null, of.groupId());
    long received = received(of.occurredAt());
    return new Event(
        other.type(),
        other.userId(),
        other.anonymousId(),
        other.previousId(),
        other.groupId(),
        other.event(),
        other.name(),
        other.channel(),
        other.occurredAt(),
        received,
        received == other.occurredAt(),
        of.messageId(),
        of.source(),
        of.trusted(),
        other.properties(),
        other.context(),
        other.traits());
  }

  private long received(long occurred) {
    return switch (dice.below(5)) {
      case 0 -> occurred;
      case 1 -> occurred + 1;
      case 2 -> occurred + 1_000_000;
      case 3 -> occurred + dice.below(5 * 86_400_000_000L);
      default -> dice.one(scene.instants());
    };
  }

  private String messageId(int number) {
    return switch (dice.below(4)) {
      case 0 -> "M" + number;
      case 1 -> "\uFF5E" + number;
      case 2 -> "\uD83D\uDE00" + number;
      default -> "m" + number;
    };
  }

  private Json.Obj properties() {
    Map<String, Json> properties = new LinkedHashMap<>();
    int count = dice.below(6);
    for (int i = 0; i < count; i++) {
      String key = dice.one(dice.percent(75) ? KEYS : VALUES);
      properties.put(key, RandomValues.of(key, dice));
    }
    return new Json.Obj(properties);
  }

  private Json.Obj context(EventType type, @Nullable String group) {
    Map<String, Json> context = new LinkedHashMap<>();
    if (group != null && type != EventType.GROUP) {
      context.put("groupId", new Json.Str(group));
    }
    if (dice.percent(20)) {
      context.put("battery", RandomValues.of("battery", dice));
    }
    return new Json.Obj(context);
  }

  private Json.Obj traits() {
    Map<String, Json> traits = new LinkedHashMap<>();
    if (dice.percent(50)) {
      traits.put("plan", dice.one(PLANS));
    }
    if (dice.percent(50)) {
      traits.put("seats", RandomValues.seats(dice));
    }
    if (dice.percent(30)) {
      traits.put("tier", dice.one(TIERS));
    }
    if (dice.percent(30)) {
      traits.put("vip", RandomValues.of("vip", dice));
    }
    return new Json.Obj(traits);
  }
}
