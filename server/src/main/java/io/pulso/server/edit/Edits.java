package io.pulso.server.edit;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.engine.yaml.Decimals;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Individual;
import io.pulso.server.store.GivenPoints;
import io.pulso.server.store.Links;
import io.pulso.server.store.Sentiments;
import io.pulso.server.store.Store;
import io.pulso.server.store.Unknown;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// Changes one customer or account by hand. Each change is done when its method returns, and
/// written down with who made it.
public final class Edits {
  private final Parts parts;

  /// What it needs.
  ///
  /// @param store every change has a connection of its own
  /// @param models those whose roll-ups are kept up to date
  /// @param changed is told when more changed than can be said
  public record Parts(
      Store store,
      Wire wire,
      Function<Store, List<Model>> models,
      Scored scored,
      Runnable changed,
      Trail trail,
      LocalDays days,
      Clock clock) {}

  /// Is told whose score somebody changed.
  public interface Scored {
    void adjusted(View view, Model.Subject kind, String model, int subject);
  }

  public Edits(Parts parts) {
    this.parts = parts;
  }

  private interface Work<T> {
    T run(Store store, View view, Individual who);
  }

  /// Does something about one, once all that is acknowledged about it is loaded.
  private <T> T change(Model.Subject kind, String id, Work<T> work) {
    parts.wire().await();
    try (Store store = parts.store().beside();
        View view = store.now()) {
      return work.run(store, view, find(view, kind, id));
    }
  }

  private static Individual find(View view, Model.Subject kind, String id) {
    OptionalInt number = id.isEmpty() ? OptionalInt.empty() : view.subject(kind, id);
    if (number.isEmpty() || view.firstDay(kind, number.getAsInt()).isEmpty()) {
      throw new Unknown(
          "there is no %s '%s'"
              .formatted(kind == Model.Subject.CUSTOMER ? "customer" : "account", id));
    }
    return Individual.find(view, kind, id);
  }

  private long now() {
    return parts.clock().millis() * 1000;
  }

  private int today() {
    return parts.days().day(now());
  }

  /// Sets traits, and gives those that hold then.
  ///
  /// @param traits by name; null takes a trait away
  public Json.Obj setTraits(Editor by, Model.Subject kind, String id, Map<String, Json> traits) {
    TraitValues.check(traits);
    long at = now();
    Individual who =
        change(
            kind,
            id,
            (store, view, found) -> {
              boolean identified =
                  kind == Model.Subject.ACCOUNT || view.standings(kind).identified(found.number());
              Json.Obj had = view.traits(kind, found.number(), parts.days().day(at));
              TraitRecords records = new TraitRecords(kind, traits, at);
              parts.wire().send(records.arrival(List.of(records.of(found.id(), identified))));
              note(by, "trait.set", found, some(had, traits), JsonText.write(new Json.Obj(traits)));
              return found;
            });
    return change(
        kind, who.id(), (store, view, found) -> view.traits(kind, found.number(), today()));
  }

  /// The traits of a name that is set, as they were.
  private static String some(Json.Obj had, Map<String, Json> set) {
    Map<String, Json> found = new LinkedHashMap<>();
    had.fields()
        .forEach((name, value) -> {
          if (set.containsKey(name)) {
            found.put(name, value);
          }
        });
    return JsonText.write(new Json.Obj(found));
  }

  /// Points that are to be given to a customer or account.
  ///
  /// @param model its name
  /// @param points in thousandths
  /// @param days on which they hold, today among them
  public record Points(String model, long points, int days, String reason) {}

  /// Gives points, or takes some.
  public GivenPoints.Row givePoints(Editor by, Model.Subject kind, String id, Points wanted) {
    return change(
        kind,
        id,
        (store, view, who) -> {
          if (view.objectedAt(who.kind(), who.number()) != null) {
            throw new InputException(
                "customer '%s' objected to being scored, so there is no score to adjust"
                    .formatted(who.id()));
          }
          if (parts.models().apply(store).stream()
              .noneMatch(model -> model.subject() == kind && model.name().equals(wanted.model()))) {
            throw new Unknown(
                "there is no model '%s' that scores %s"
                    .formatted(
                        wanted.model(), kind == Model.Subject.CUSTOMER ? "customers" : "accounts"));
          }
          GivenPoints points = store.byHand().points();
          long no =
              points.give(
                  new GivenPoints.Wanted(
                      kind,
                      who.number(),
                      wanted.model(),
                      wanted.points(),
                      today(),
                      today() + wanted.days() - 1,
                      wanted.reason(),
                      by.name()),
                  now());
          parts.scored().adjusted(view, kind, wanted.model(), who.number());
          note(by, "points.given", who, "", told(no, wanted.model(), wanted.points()));
          return points.find(no);
        });
  }

  /// Ends points before their last day: they hold no longer from today on.
  public GivenPoints.Row endPoints(Editor by, long no) {
    try (Store store = parts.store().beside();
        View view = store.now()) {
      GivenPoints.Row ended = store.byHand().points().end(no, today(), by.name(), now());
      Individual who = find(view, ended.kind(), ended.id());
      parts.scored().adjusted(view, ended.kind(), ended.model(), who.number());
      note(by, "points.ended", who, told(no, ended.model(), ended.points()), "");
      return ended;
    }
  }

  private static String told(long no, String model, long points) {
    return "%d: %s %s".formatted(no, model, Decimals.show(points));
  }

  /// Enters how somebody sees a customer or account.
  public Sentiments.Row say(
      Editor by, Model.Subject kind, String id, Sentiments.Mood mood, String note) {
    return change(
        kind,
        id,
        (store, view, who) -> {
          Sentiments sentiments = store.byHand().sentiments();
          List<Sentiments.Row> before = sentiments.of(kind, who.number());
          Sentiments.Row row = sentiments.say(kind, who.number(), mood, note, by.name(), now());
          note(
              by,
              "sentiment.set",
              who,
              before.isEmpty() ? "" : before.getFirst().mood().code(),
              mood.code());
          return row;
        });
  }

  /// Says that the link of an id to another one is wrong.
  public Links.Undone undoLink(Editor by, String id, String note) {
    parts.wire().await();
    try (Store store = parts.store().beside()) {
      Links.Undone undone =
          store.byHand().links().undo(id, by.name(), note, now(), parts.models().apply(store));
      linked(store, by, "link.undone", undone);
      return undone;
    }
  }

  /// Lets an undone link hold again.
  public Links.Undone restoreLink(Editor by, long no) {
    parts.wire().await();
    try (Store store = parts.store().beside()) {
      Links.Undone restored =
          store.byHand().links().restore(no, by.name(), now(), parts.models().apply(store));
      linked(store, by, "link.restored", restored);
      return restored;
    }
  }

  private void linked(Store store, Editor by, String what, Links.Undone link) {
    parts.changed().run();
    try (View view = store.now()) {
      OptionalInt number = view.subject(Model.Subject.CUSTOMER, link.to());
      parts
          .trail()
          .add(
              by,
              new Trail.Deed(
                  what, Model.Subject.CUSTOMER, number.orElse(-1), "", String.valueOf(link.no())));
    }
  }

  /// Writes down what somebody did, or at whom they looked.
  public void note(Editor by, Trail.Deed deed) {
    parts.trail().add(by, deed);
  }

  private void note(Editor by, String what, Individual who, String before, String after) {
    parts.trail().add(by, new Trail.Deed(what, who.kind(), who.number(), before, after));
  }
}
