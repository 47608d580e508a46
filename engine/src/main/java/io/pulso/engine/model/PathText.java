package io.pulso.engine.model;

import io.pulso.engine.expr.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place as text: `value`, `properties.plan`, `properties["a b"][0]`.
public final class PathText {
  private static final int MOST_STEPS = 20;
  private static final int LONGEST = 500;
  private static final Pattern ROOT = Pattern.compile("[a-z]+");
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z_][A-Za-z0-9_]*)|\\[(\\d{1,6})]|\\[\"([^\"\\\\]+)\"]|\\['([^'\\\\]+)']");

  private PathText() {}

  /// The place, null where the text is none that an activity may count.
  public static @Nullable Path read(String text) {
    Matcher root = ROOT.matcher(text);
    if (text.length() > LONGEST || !root.lookingAt()) {
      return null;
    }
    List<Path.Step> steps = steps(text, root.end());
    boolean indexed =
        steps != null && !steps.isEmpty() && steps.getFirst() instanceof Path.Step.Index;
    return steps == null || indexed ? null : path(root.group(), steps);
  }

  private static @Nullable Path path(String root, List<Path.Step> steps) {
    return switch (root) {
      case "value" -> steps.isEmpty() ? new Path(Path.Root.VALUE, steps) : null;
      case "name" -> steps.isEmpty() ? new Path(Path.Root.NAME, steps) : null;
      case "properties" -> steps.isEmpty() ? null : new Path(Path.Root.PROPERTIES, steps);
      case "context" -> steps.isEmpty() ? null : new Path(Path.Root.CONTEXT, steps);
      default -> null;
    };
  }

  private static @Nullable List<Path.Step> steps(String text, int from) {
    List<Path.Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = from;
    while (at < text.length()) {
      step.region(at, text.length());
      if (!step.lookingAt() || steps.size() == MOST_STEPS) {
        return null;
      }
      steps.add(step(step));
      at = step.end();
    }
    return steps;
  }

  private static Path.Step step(Matcher found) {
    for (int group : new int[] {1, 3, 4}) {
      String key = found.group(group);
      if (key != null) {
        return new Path.Step.Key(key);
      }
    }
    return new Path.Step.Index(Integer.parseInt(found.group(2)));
  }

  /// As it is written.
  public static String write(Path path) {
    StringBuilder out = new StringBuilder(path.root().name().toLowerCase(Locale.ROOT));
    for (Path.Step step : path.steps()) {
      switch (step) {
        case Path.Step.Key key when key.name().matches("[A-Za-z_][A-Za-z0-9_]*") ->
            out.append('.').append(key.name());
        case Path.Step.Key key -> out.append("[\"").append(key.name()).append("\"]");
        case Path.Step.Index index -> out.append('[').append(index.position()).append(']');
      }
    }
    return out.toString();
  }
}
