package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known at some time: which records stay, who is who, and what held when.
final class Knowledge {
  private final ZoneId zone;
  private final List<Event> records;
  private final Links links;
  private final Map<String, List<Event>> identifies = new TreeMap<>();
  private final Map<String, List<Event>> moves = new TreeMap<>();
  private final Map<String, List<Event>> groups = new TreeMap<>();

  Knowledge(World world, @Nullable Instant knownAt) {
    zone = world.zone();
    records = Records.kept(world.records(), knownAt);
    links = Links.of(records);
    for (Event event : records) {
      String customer = customer(event);
      if (event.type() == EventType.IDENTIFY && customer != null) {
        identifies.computeIfAbsent(customer, _ -> new ArrayList<>()).add(event);
      }
      if (event.type() == EventType.GROUP && event.groupId() != null) {
        groups.computeIfAbsent(event.groupId(), _ -> new ArrayList<>()).add(event);
        if (customer != null) {
          moves.computeIfAbsent(customer, _ -> new ArrayList<>()).add(event);
        }
      }
    }
  }

  Stream<Event> records() {
    return records.stream();
  }

  /// Track, page and screen calls of somebody.
  Stream<Event> events() {
    return records().filter(event -> event.type().isEvent() && event.person() != null);
  }

  LocalDate day(Event event) {
    return Instant.EPOCH.plus(event.occurredAt(), ChronoUnit.MICROS).atZone(zone).toLocalDate();
  }

  Predicate<Event> upTo(LocalDate day) {
    return event -> !day(event).isAfter(day);
  }

  private static Predicate<Event> upTo(Event event) {
    return other -> other.occurredAt() <= event.occurredAt();
  }

  /// The customer a record belongs to; null when it carries no id.
  @Nullable String customer(Event event) {
    String person = event.person();
    return person == null ? null : links.end(person);
  }

  /// Whether an id was given as a userId in any record.
  boolean identified(String customer) {
    return records().anyMatch(event -> customer.equals(event.userId()));
  }

  /// The account an event counts in: the one it names, else the one its customer was in.
  @Nullable String account(Event event) {
    String customer = customer(event);
    if (event.groupId() != null || customer == null) {
      return event.groupId();
    }
    return account(customer, upTo(event));
  }

  /// The account of a customer after the group calls that are asked for.
  @Nullable String account(String customer, Predicate<Event> when) {
    return moves.getOrDefault(customer, List.of()).stream()
        .filter(when)
        .reduce((_, later) -> later)
        .map(Event::groupId)
        .orElse(null);
  }

  Json.@Nullable Obj traits(@Nullable String customer, Predicate<Event> when) {
    return customer == null ? null : merged(identifies.getOrDefault(customer, List.of()), when);
  }

  Json.@Nullable Obj accountTraits(@Nullable String account, Predicate<Event> when) {
    return account == null ? null : merged(groups.getOrDefault(account, List.of()), when);
  }

  /// Traits key by key: a later value replaces an earlier one, a null removes it.
  private static Json.@Nullable Obj merged(List<Event> calls, Predicate<Event> when) {
    List<Event> known = calls.stream().filter(when).toList();
    if (known.isEmpty()) {
      return null;
    }
    Map<String, Json> merged = new LinkedHashMap<>();
    for (Event call : known) {
      for (Map.Entry<String, Json> trait : call.traits().fields().entrySet()) {
        if (trait.getValue() instanceof Json.Null) {
          merged.remove(trait.getKey());
        } else {
          merged.put(trait.getKey(), trait.getValue());
        }
      }
    }
    return new Json.Obj(merged);
  }

  /// What an expression can ask about an event.
  Evaluator.Facts facts(Event event) {
    return new Evaluator.Facts(
        event.event(),
        event.name(),
        event.type().word(),
        event.channel(),
        event.value(),
        event.properties(),
        event.context(),
        traits(customer(event), upTo(event)),
        accountTraits(account(event), upTo(event)),
        event.source(),
        event.trusted());
  }

  /// What an expression can ask about a customer or an account at the end of a day.
  Evaluator.Facts facts(@Nullable String customer, @Nullable String account, LocalDate day) {
    return new Evaluator.Facts(
        null,
        null,
        "",
        null,
        null,
        Json.Obj.EMPTY,
        Json.Obj.EMPTY,
        traits(customer, upTo(day)),
        accountTraits(account, upTo(day)),
        "",
        false);
  }
}
