package io.pulso.server.page.model;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.TextsEdit;
import io.pulso.engine.yaml.YamlEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of a group of activities.
///
/// @param at its place, from 0
record GroupEdit(int at, String field, String value) {
  private static final String GROUPS = "groups";

  @Nullable String apply(String text, String language) {
    List<Object> cap = List.of(GROUPS, at, "cap");
    return switch (field) {
      case "title" ->
          TextsEdit.set(
              text,
              List.of(GROUPS, at, field),
              language,
              value,
              () -> {
                Model model = Written.read(text);
                return model == null ? null : model.groups().get(at).title();
              });
      case "min", "max" -> Written.under(text, cap, field, value, Written.number(value));
      case "remove" -> remove(text);
      default -> null;
    };
  }

  /// One more group.
  ///
  /// @param name by which activities name it
  static @Nullable String add(String text, String name) {
    String group = "{name: " + YamlEdit.flowScalar(name) + ", cap: {max: 50}}";
    String more = YamlEdit.addItem(text, List.of(GROUPS), group);
    return more != null ? more : YamlEdit.set(text, List.of(GROUPS), "\n  - " + group);
  }

  /// Without the group, also where activities name it.
  private @Nullable String remove(String text) {
    Model model = Written.read(text);
    if (model == null || at >= model.groups().size()) {
      return null;
    }
    String name = model.groups().get(at).name();
    String next = text;
    List<Activity> activities = model.activities();
    for (int i = 0; i < activities.size() && next != null; i++) {
      if (name.equals(activities.get(i).group())) {
        next = YamlEdit.drop(next, List.of("activities", i, "group"));
      }
    }
    return next == null
        ? null
        : model.groups().size() == 1
            ? YamlEdit.drop(next, List.of(GROUPS))
            : YamlEdit.removeItem(next, List.of(GROUPS), at);
  }
}
