package io.pulso.engine.segment;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.TextsEdit;
import io.pulso.engine.yaml.YamlEdit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of a segment, changed to what a form says. What the form does not speak of stays as its
/// author wrote it: comments, order, and words in other languages.
///
/// @param language of title and description
/// @param rule null where it is a list
public record SegmentEdit(
    String language, String title, String description, Model.Subject of, @Nullable String rule) {
  private static final String WHEN = "when";
  private static final String LIST = "list";

  /// The text of a file with the change; null where it cannot be made without touching what is
  /// around it.
  ///
  /// @param present the segment of that text
  public @Nullable String apply(String text, Segment present) {
    String titled = words(text, "title", title, present.title(), present.name());
    String told =
        titled == null
            ? null
            : words(titled, "description", description, present.description(), "");
    String kind = told == null || of == present.of() ? told : kind(told);
    return kind == null ? null : members(kind, present.members());
  }

  /// Words that are other ones than a reader of that language sees.
  private @Nullable String words(
      String text, String key, String wanted, Texts present, String none) {
    String shown = Objects.requireNonNullElse(present.in(language), none);
    // A field of one line loses the ends of lines.
    if (wanted.equals(shown.strip().replaceAll("\\s+", " ")) || wanted.equals(shown.strip())) {
      return text;
    }
    boolean single = present.byLanguage().keySet().equals(Set.of("en"));
    return wanted.isEmpty() && single
        ? YamlEdit.drop(text, List.of(key))
        : TextsEdit.set(text, List.of(key), language, wanted, () -> present);
  }

  private @Nullable String kind(String text) {
    return YamlEdit.set(
        text, List.of("of"), of == Model.Subject.CUSTOMER ? "customers" : "accounts");
  }

  private @Nullable String members(String text, Segment.Members present) {
    return switch (present) {
      case Segment.Rule(Expression _) when rule == null -> {
        String without = YamlEdit.remove(text, List.of(WHEN));
        yield without == null ? null : YamlEdit.set(without, List.of(LIST), "true");
      }
      case Segment.Rule(Expression when) ->
          when.text().strip().equals(rule) ? text : YamlEdit.set(text, List.of(WHEN), written());
      case Segment.Listed _ when rule == null -> text;
      case Segment.Listed _ -> {
        String without = YamlEdit.remove(text, List.of(LIST));
        yield without == null ? null : YamlEdit.set(without, List.of(WHEN), written());
      }
    };
  }

  /// The rule, in single quotes where it has one line, else as JSON, which YAML reads too.
  private String written() {
    String when = Objects.requireNonNull(rule);
    return when.chars().noneMatch(Character::isISOControl)
        ? "'" + when.replace("'", "''") + "'"
        : JsonText.write(new Json.Str(when));
  }
}
