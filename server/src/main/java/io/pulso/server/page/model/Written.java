package io.pulso.server.page.model;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.yaml.YamlEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How values of a form are written into the text of a model. What is wrong is written too, so that
/// the check of the whole text tells what is wrong with it.
final class Written {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
  private static final Pattern DAYS = Pattern.compile("\\d{1,6}");

  private Written() {}

  static String number(String value) {
    return NUMBER.matcher(value).matches() ? value : YamlEdit.flowScalar(value);
  }

  static String days(String value) {
    return DAYS.matcher(value).matches() ? value + "d" : YamlEdit.flowScalar(value);
  }

  /// The model of a text; null where it is wrong.
  static @Nullable Model read(String text) {
    try {
      return ModelReader.read("model.yaml", text).model();
    } catch (ModelException e) {
      return null;
    }
  }

  /// A value, or nothing where it is empty.
  static @Nullable String orNone(String text, List<Object> path, String value, String written) {
    return value.isEmpty() ? YamlEdit.drop(text, path) : YamlEdit.set(text, path, written);
  }

  /// A value under a key that is made where it is not there.
  static @Nullable String under(
      String text, List<Object> parent, String key, String value, String written) {
    List<Object> path = new ArrayList<>(parent);
    path.add(key);
    if (value.isEmpty()) {
      return YamlEdit.drop(text, path);
    }
    String set = YamlEdit.set(text, path, written);
    return set != null ? set : YamlEdit.set(text, parent, "{" + key + ": " + written + "}");
  }

  /// `none`, or `half_life` or `linear` with days; nothing takes it away.
  static @Nullable String decay(String text, List<Object> path, String value) {
    String[] parts = value.split(" ", 2);
    return value.isEmpty()
        ? YamlEdit.drop(text, path)
        : YamlEdit.set(
            text,
            path,
            parts.length == 1
                ? YamlEdit.flowScalar(value)
                : "{" + YamlEdit.flowScalar(parts[0]) + ": " + days(parts[1]) + "}");
  }
}
