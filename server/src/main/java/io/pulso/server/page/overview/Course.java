package io.pulso.server.page.overview;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The course of a number as a line in a box of 100 by 40.
public final class Course {
  private static final double WIDTH = 100;
  private static final double TOP = 4;
  private static final double HEIGHT = 30;
  private static final double GROUND = 40;

  private Course() {}

  /// The line; empty for less than two values.
  ///
  /// @param values one for each day, null where it is not known
  public static String line(List<@Nullable Double> values) {
    List<Double> known = values.stream().filter(Objects::nonNull).toList();
    if (known.size() < 2) {
      return "";
    }
    double least = known.stream().mapToDouble(value -> value).min().orElse(0);
    double most = known.stream().mapToDouble(value -> value).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Double value = values.get(i);
      if (value != null) {
        double height = most > least ? (value - least) / (most - least) : 0.5;
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(
                String.format(
                    Locale.ROOT,
                    "%.2f %.2f",
                    WIDTH * i / (values.size() - 1),
                    TOP + HEIGHT * (1 - height)));
      }
    }
    return path.toString();
  }

  /// The area below a line.
  public static String area(String line) {
    if (line.isEmpty()) {
      return "";
    }
    String first = line.substring(1, line.indexOf(' '));
    String last = line.substring(line.lastIndexOf('L') + 1, line.lastIndexOf(' '));
    return "%sL%s %s L%s %sZ"
        .formatted(line, last, String.valueOf(GROUND), first, String.valueOf(GROUND));
  }
}
