package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Models and records as text for people who look for the cause of a difference.
final class ModelText {
  private ModelText() {}

  static String of(Model model) {
    StringBuilder text = new StringBuilder();
    line(text, "subject", word(model.subject()));
    line(text, "method", word(model.method()));
    line(text, "applies_to", model.appliesTo() == null ? null : model.appliesTo().text());
    line(text, "window", model.window() + "d");
    line(text, "base", decimal(model.base()));
    line(text, "clamp", model.clamp() == null ? null : range(model.clamp()));
    for (Model.Group group : model.groups()) {
      line(text, "group " + group.name(), range(group.cap()));
    }
    for (Activity activity : model.activities()) {
      line(text, activity.name(), of(model, activity));
    }
    line(text, "bands", String.join(", ", model.bands().stream().map(band -> band.id()).toList()));
    return text.toString();
  }

  private static String of(Model model, Activity activity) {
    StringJoiner text = new StringJoiner(", ");
    text.add("match " + activity.match().text());
    switch (activity.unit()) {
      case Unit.Occurrences _ -> {}
      case Unit.Numeric(Path path) -> text.add("number " + of(path));
      case Unit.Distinct(Path path) -> text.add("distinct " + of(path));
    }
    if (model.method() == Model.Method.WEIGHTED) {
      text.add("weight " + decimal(activity.weight()));
      text.add("target " + decimal(activity.target()));
    } else {
      text.add("points " + decimal(activity.points()));
    }
    add(text, "per_day", activity.caps().perDay());
    add(text, "per_window", activity.caps().perWindow());
    add(text, "per_person", activity.caps().perPerson());
    if (activity.group() != null) {
      text.add("group " + activity.group());
    }
    text.add("window " + activity.window() + "d");
    switch (activity.decay()) {
      case Decay.None _ -> {}
      case Decay.HalfLife(int days) -> text.add("half_life " + days + "d");
      case Decay.Linear(int days) -> text.add("linear " + days + "d");
    }
    if (activity.per() != Activity.Per.ACCOUNT) {
      text.add("per " + word(activity.per()));
    }
    return text.toString();
  }

  /// One record in one line.
  static String of(Event event) {
    StringJoiner text = new StringJoiner(" ");
    text.add(event.type().word());
    add(text, "user", event.userId());
    add(text, "anonymous", event.anonymousId());
    add(text, "previous", event.previousId());
    add(text, "group", event.groupId());
    add(text, "event", event.event());
    add(text, "name", event.name());
    add(text, "channel", event.channel());
    text.add("at=" + instant(event.occurredAt()));
    if (event.receivedAt() != event.occurredAt()) {
      text.add("received=" + instant(event.receivedAt()));
    }
    text.add("id=" + event.messageId());
    text.add("source=" + event.source());
    add(
        text,
        "properties",
        event.properties().isEmpty() ? null : JsonText.write(event.properties()));
    add(text, "context", event.context().isEmpty() ? null : JsonText.write(event.context()));
    add(text, "traits", event.traits().isEmpty() ? null : JsonText.write(event.traits()));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, @Nullable String value) {
    if (value != null) {
      text.append("  ").append(key).append(": ").append(value).append('\n');
    }
  }

  private static void add(StringJoiner text, String key, @Nullable Object value) {
    if (value instanceof Long milli) {
      text.add(key + " " + decimal(milli));
    } else if (value != null) {
      text.add(key + "=" + value);
    }
  }

  private static String range(Model.Range range) {
    Long min = range.min();
    Long max = range.max();
    return (min == null ? "" : decimal(min)) + " to " + (max == null ? "" : decimal(max));
  }

  private static String of(Path path) {
    StringBuilder text = new StringBuilder(word(path.root()));
    for (Path.Step step : path.steps()) {
      switch (step) {
        case Path.Step.Key(String name) -> text.append('.').append(name);
        case Path.Step.Index(int position) -> text.append('[').append(position).append(']');
      }
    }
    return text.toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String decimal(long milli) {
    return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
  }

  private static String instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
