package io.pulso.server.api;

import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What most questions about customers and accounts begin with: a day, a model, the store.
public final class Questions {
  private final Api.Parts parts;
  private final Duration most;

  /// @param most how long the store may take for an answer
  public Questions(Api.Parts parts, Duration most) {
    this.parts = parts;
    this.most = most;
  }

  /// Answers with the store at hand.
  public interface Asking<T> {
    T answer(Store store, View view);
  }

  /// Asks over a connection of its own.
  public <T> T ask(Asking<T> asking) {
    try (Store store = parts.store().beside(most);
        View view = store.now()) {
      return asking.answer(store, view);
    }
  }

  public LocalDays days() {
    return parts.days();
  }

  public int today() {
    return parts.days().day(parts.clock().millis() * 1000);
  }

  /// The day that is meant, today where none is given.
  int day(Call call) {
    Integer given = call.day("day");
    return given != null ? given : today();
  }

  /// The model that is meant where none is named; null where none scores that kind of subject.
  public @Nullable InUse usual(Store store, Model.Subject kind, int day) {
    return parts.models().usual(store, kind, day);
  }

  /// The versions whose scores lists and segments show.
  public Crowds.InForce inForce(Store store) {
    return (kind, first, last) -> {
      InUse use = parts.models().primary(store, kind, last);
      return use == null
          ? List.of()
          : parts.models().periods(store, use.model().name(), first, last);
    };
  }

  /// As the other one, with a store of its own whenever it is asked.
  public Crowds.InForce inForce() {
    return (kind, first, last) -> {
      try (Store store = parts.store().beside(most)) {
        return inForce(store).over(kind, first, last);
      }
    };
  }

  /// The model that is meant for a kind of subject; null where none scores it.
  @Nullable InUse use(Store store, Call call, Model.Subject kind, int day) {
    String name = call.text("model");
    Integer version = call.whole("version", 1, Integer.MAX_VALUE);
    if (name == null && version == null) {
      return parts.models().usual(store, kind, day);
    }
    InUse use = parts.models().find(store, name, version, day);
    if (use.model().subject() != kind) {
      throw new Refused(
          400,
          "the model '%s' scores %ss".formatted(use.model().name(), word(use.model().subject())));
    }
    return use;
  }

  static String word(Model.Subject kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// Where the routes of a kind begin.
  static String at(Model.Subject kind) {
    return "/api/v1/" + word(kind) + "s";
  }
}
