package io.pulso.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The differences between two models; their examples are no part of it.
public final class ModelDiff {
  private final Model after;
  private final Set<String> keys;
  private final List<Change> changes = new ArrayList<>();

  private ModelDiff(Model before, Model after) {
    this.after = after;
    this.keys = keys(before);
  }

  /// From one model to another: the model's own fields, then groups, activities and bands.
  public static List<Change> of(Model before, Model after) {
    ModelDiff diff = new ModelDiff(before, after);
    diff.fields(Change.Part.MODEL, null, ModelFields.of(before), ModelFields.of(after));
    diff.parts(Change.Part.GROUP, groups(before), groups(after));
    diff.parts(Change.Part.ACTIVITY, activities(before), activities(after));
    diff.parts(Change.Part.BAND, bands(before), bands(after));
    return List.copyOf(diff.changes);
  }

  /// The keys of the roll-ups that a model reads; a `fit` model reads no events.
  private static Set<String> keys(Model model) {
    return model.method() == Model.Method.FIT
        ? Set.of()
        : model.activities().stream()
            .map(activity -> ActivityKey.of(activity, model.subject()))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static <T> Map<String, Map<String, String>> named(
      List<T> parts, Function<T, String> name, Function<T, Map<String, String>> fields) {
    Map<String, Map<String, String>> named = new LinkedHashMap<>();
    parts.forEach(part -> named.put(name.apply(part), fields.apply(part)));
    return named;
  }

  private static Map<String, Map<String, String>> groups(Model model) {
    return named(model.groups(), Model.Group::name, ModelFields::of);
  }

  private static Map<String, Map<String, String>> bands(Model model) {
    return named(model.bands(), Band::id, ModelFields::of);
  }

  private static Map<String, Map<String, String>> activities(Model model) {
    return named(
        model.activities(), Activity::name, activity -> ModelFields.of(activity, model.method()));
  }

  private void parts(
      Change.Part part, Map<String, Map<String, String>> was, Map<String, Map<String, String>> is) {
    for (String removed : was.keySet()) {
      if (!is.containsKey(removed)) {
        changes.add(new Change(Change.Kind.REMOVED, part, removed, null, null, null, false));
      }
    }
    is.forEach((name, now) -> {
      Map<String, String> old = was.get(name);
      if (old == null) {
        boolean rereads = rereads(part, name, null);
        changes.add(new Change(Change.Kind.ADDED, part, name, null, null, null, rereads));
      } else {
        fields(part, name, old, now);
      }
    });
  }

  private void fields(
      Change.Part part, @Nullable String name, Map<String, String> was, Map<String, String> is) {
    Set<String> all = new LinkedHashSet<>(was.keySet());
    all.addAll(is.keySet());
    for (String field : all) {
      String from = was.get(field);
      String to = is.get(field);
      if (!Objects.equals(from, to)) {
        boolean rereads = rereads(part, name, field);
        changes.add(new Change(Change.Kind.CHANGED, part, name, field, from, to, rereads));
      }
    }
  }

  /// Whether a change asks for units that the model before did not have.
  private boolean rereads(Change.Part part, @Nullable String name, @Nullable String field) {
    return switch (part) {
      case MODEL ->
          ("subject".equals(field) || "method".equals(field)) && !keys.containsAll(keys(after));
      case ACTIVITY ->
          (field == null || field.equals("match") || field.equals("unit"))
              && after.method() != Model.Method.FIT
              && after.activities().stream()
                  .filter(activity -> activity.name().equals(name))
                  .anyMatch(activity -> !keys.contains(ActivityKey.of(activity, after.subject())));
      case GROUP, BAND -> false;
    };
  }
}
