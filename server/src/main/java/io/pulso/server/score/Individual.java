package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Words;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One subject that exists in a state of knowledge.
///
/// @param id the id by which it goes: the end of its chain of links
/// @param firstDay the local day from which it exists
public record Individual(Model.Subject kind, int number, String id, int firstDay) {
  private static final int NEAREST = 3;
  private static final int LONGEST_ID = 200;

  /// The subject that an id belongs to; the fault names the ids that look like it.
  public static Individual find(View view, Model.Subject kind, String id) {
    OptionalInt number = view.subject(kind, id);
    if (number.isPresent()) {
      OptionalInt first = view.firstDay(kind, number.getAsInt());
      if (first.isPresent()) {
        String name = view.id(kind, number.getAsInt());
        return new Individual(kind, number.getAsInt(), name, first.getAsInt());
      }
    }
    throw unknown(view, kind, id);
  }

  /// The subject that the id with a number belongs to; null where there is none any more.
  public static @Nullable Individual of(View view, Model.Subject kind, int number) {
    int now = view.subject(kind, number);
    OptionalInt first = view.firstDay(kind, now);
    return first.isEmpty() ? null : new Individual(kind, now, view.id(kind, now), first.getAsInt());
  }

  /// As [#find], of one who may be scored.
  public static Individual scored(View view, Model.Subject kind, String id) {
    Individual found = find(view, kind, id);
    Long since = view.objectedAt(kind, found.number());
    if (since != null) {
      throw new InputException(
          "customer %s objected to being scored on %s: there is no score, history or next step; `pulso object --undo %s` takes it back"
              .formatted(
                  Words.quote(found.id()), Instant.EPOCH.plus(since, ChronoUnit.MICROS), id));
    }
    return found;
  }

  private static InputException unknown(View view, Model.Subject kind, String id) {
    List<String> near = id.length() > LONGEST_ID ? List.of() : view.nearest(kind, id, NEAREST);
    String what = kind.name().toLowerCase(Locale.ROOT);
    String message = "there is no %s %s".formatted(what, Words.quote(id));
    if (!near.isEmpty()) {
      message +=
          near.stream()
              .map(Words::quote)
              .collect(Collectors.joining(" or ", "; did you mean ", "?"));
      return new InputException(message);
    }
    if (view.subject(other(kind), id).isPresent()) {
      return new InputException(
          "%s, but %s: give a model of that kind of subject with --model"
              .formatted(message, kind == Model.Subject.CUSTOMER ? "an account" : "a customer"));
    }
    return new InputException(message + "; `pulso score --output scores.csv` lists everybody");
  }

  private static Model.Subject other(Model.Subject kind) {
    return switch (kind) {
      case CUSTOMER -> Model.Subject.ACCOUNT;
      case ACCOUNT -> Model.Subject.CUSTOMER;
    };
  }
}
