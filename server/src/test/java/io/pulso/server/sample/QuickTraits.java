package io.pulso.server.sample;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The traits of people and accounts at the end of the period.
final class QuickTraits {
  private final Map<String, Json.Obj> people = new TreeMap<>();
  private final Map<String, Json.Obj> accounts = new TreeMap<>();
  private final Map<String, String> accountOf = new HashMap<>();

  private QuickTraits() {}

  static QuickTraits of(List<Event> records) {
    QuickTraits traits = new QuickTraits();
    records.forEach(traits::learn);
    return traits;
  }

  private void learn(Event e) {
    String user = e.userId();
    String account = e.groupId();
    if (user != null && e.type() == EventType.IDENTIFY) {
      people.merge(user, e.traits(), QuickTraits::both);
    }
    if (user != null && account != null && e.type() == EventType.GROUP) {
      accountOf.put(user, account);
      accounts.merge(account, e.traits(), QuickTraits::both);
    }
  }

  private static Json.Obj both(Json.Obj old, Json.Obj now) {
    Map<String, Json> all = new HashMap<>(old.fields());
    all.putAll(now.fields());
    return new Json.Obj(all);
  }

  Set<String> people() {
    return people.keySet();
  }

  Set<String> accounts() {
    return accounts.keySet();
  }

  double seats(String account) {
    Json.Obj traits = accounts.get(account);
    return traits != null && traits.get("seats") instanceof Json.Num(double seats) ? seats : 1;
  }

  /// A person without an event.
  Evaluator.Facts facts(String person) {
    return facts(people.get(person), accounts.get(accountOf.getOrDefault(person, "")));
  }

  Evaluator.Facts accountFacts(String account) {
    return facts(null, accounts.get(account));
  }

  private static Evaluator.Facts facts(Json.@Nullable Obj traits, Json.@Nullable Obj account) {
    return new Evaluator.Facts(
        null, null, "track", null, null, Json.Obj.EMPTY, Json.Obj.EMPTY, traits, account, "", true);
  }

  Evaluator.Facts facts(Event e) {
    return new Evaluator.Facts(
        e.event(),
        e.name(),
        e.type().word(),
        e.channel(),
        e.value(),
        e.properties(),
        e.context(),
        e.userId() == null ? null : people.get(e.userId()),
        e.groupId() == null ? null : accounts.get(e.groupId()),
        e.source(),
        e.trusted());
  }
}
