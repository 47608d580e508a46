package io.pulso.server.app;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.yaml.YamlEdit;
import io.pulso.server.event.InputException;
import io.pulso.server.page.SetupFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings that people change, as texts by field, and how each of them stands in the file.
final class SettingsText {
  private static final String KEEP = "keep";
  private static final Pattern DAYS = Pattern.compile("\\d{1,6}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

  private SettingsText() {}

  /// What settings say, by field. Lists have an item a line.
  static Map<String, String> values(Settings of) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("time_zone", of.zone().getId());
    values.put("week_starts", of.weekStart().name().toLowerCase(Locale.ROOT));
    values.put("languages", String.join("\n", of.languages()));
    values.put("default_model", Objects.requireNonNullElse(of.defaultModel(), ""));
    values.put("nightly_at", of.keep().nightlyAt().toString());
    values.put("rejected_days", String.valueOf(of.keep().rejectedDays()));
    values.put("rejected_megabytes", String.valueOf(of.keep().rejectedMegabytes()));
    values.put(
        "personal_traits",
        of.personal().stream()
            .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(String::compareTo))
            .collect(Collectors.joining("\n")));
    values.put("activation", activation(of));
    values.put("silence_days", String.valueOf(of.silenceDays()));
    values.put("session_minutes", String.valueOf(of.sessionMinutes()));
    values.put("bounce_line", String.valueOf(of.bounceLine()));
    new TreeMap<>(of.keep().retention())
        .forEach((source, days) -> values.put(SetupFile.RETENTION + source, days.toString()));
    return values;
  }

  /// What a customer does who has got value; empty where it is not said.
  static String activation(Settings of) {
    Expression activation = of.activation();
    return activation == null ? "" : activation.text();
  }

  /// A text of the file with another value of a field; an empty one takes the field out.
  static String with(String text, String field, String value) {
    return field.startsWith(SetupFile.RETENTION)
        ? retention(text, field.substring(SetupFile.RETENTION.length()), value)
        : switch (field) {
          case "time_zone", "week_starts" -> set(text, List.of(field), YamlEdit.scalar(value));
          case "default_model", "activation" ->
              value.isEmpty()
                  ? done(YamlEdit.drop(text, List.of(field)))
                  : set(text, List.of(field), YamlEdit.scalar(value));
          case "languages", "personal_traits" -> set(text, List.of(field), items(value));
          case "silence_days", "session_minutes", "bounce_line" ->
              set(text, List.of(field), number(value));
          case "nightly_at" -> kept(text, List.of(field), quoted(value));
          case "rejected_days", "rejected_megabytes" -> kept(text, List.of(field), number(value));
          default -> throw new InputException("there is no field '%s'".formatted(field));
        };
  }

  private static String items(String lines) {
    return lines.lines().map(YamlEdit::flowScalar).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String value) {
    return '"' + value.replaceAll("[\"\\\\\\p{Cntrl}]", "") + '"';
  }

  private static String number(String value) {
    return NUMBER.matcher(value).matches() ? value : YamlEdit.flowScalar(value);
  }

  private static String retention(String text, String source, String value) {
    List<Object> one = List.of(KEEP, "retention", source);
    if (value.isEmpty()) {
      return done(YamlEdit.drop(text, one));
    }
    String days = DAYS.matcher(value).matches() ? value + "d" : YamlEdit.flowScalar(value);
    String set = YamlEdit.set(text, one, days);
    return set != null
        ? set
        : kept(text, List.of("retention"), "{" + YamlEdit.flowScalar(source) + ": " + days + "}");
  }

  /// The text with a value under `keep`, which is added where there is none.
  private static String kept(String text, List<Object> path, String value) {
    List<Object> whole = new ArrayList<>(path);
    whole.addFirst(KEEP);
    String set = YamlEdit.set(text, whole, value);
    return set != null ? set : set(text, List.of(KEEP), "{" + path.getLast() + ": " + value + "}");
  }

  private static String set(String text, List<Object> path, String value) {
    if (isEmpty(text)) {
      return text
          + (text.isEmpty() || text.endsWith("\n") ? "" : "\n")
          + path.getLast()
          + ": "
          + value
          + "\n";
    }
    return done(YamlEdit.set(text, path, value));
  }

  private static boolean isEmpty(String text) {
    return text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  private static String done(@Nullable String changed) {
    if (changed == null) {
      throw new InputException(
          "this cannot be changed without touching what is written around it: change it in the file");
    }
    return changed;
  }
}
