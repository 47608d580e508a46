package io.pulso.engine.segment;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import org.jspecify.annotations.Nullable;

/// The file of a segment, written from what a form says.
public final class SegmentText {
  private SegmentText() {}

  /// The text of the file.
  ///
  /// @param when null where it is a list
  public static String of(
      String name, String title, String description, Model.Subject of, @Nullable String when) {
    StringBuilder text = new StringBuilder("name: " + quoted(name) + "\n");
    if (!title.isBlank()) {
      text.append("title: ").append(quoted(title)).append('\n');
    }
    if (!description.isBlank()) {
      text.append("description: ").append(quoted(description)).append('\n');
    }
    text.append("of: ").append(of == Model.Subject.CUSTOMER ? "customers" : "accounts");
    return text.append(when == null ? "\nlist: true\n" : "\nwhen: " + quoted(when) + "\n")
        .toString();
  }

  /// In single quotes where it has one line, else as JSON, which YAML reads too.
  private static String quoted(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        ? "'" + text.replace("'", "''") + "'"
        : JsonText.write(new Json.Str(text));
  }
}
