package io.pulso.bench;

import java.util.Locale;

/// The model of the benchmarks: 20 activities, each with a cap a day, and four bands.
final class ModelText {
  static final double[] POINTS = {
    0.5, 1, 1, 2, 1, 2, 3, 0.2, 1, 10, 4, 2, 1.5, 5, 8, -1, 3, 10, 25, -15
  };

  private ModelText() {}

  static int dayCap(int activity) {
    return 1 + activity % 10;
  }

  /// @param extra lines of the model's head, such as a decay
  /// @param scale what the points are multiplied by
  static String of(String extra, int scale) {
    StringBuilder text = new StringBuilder("name: bench\nwindow: 30d\n" + extra + "activities:\n");
    for (int i = 0; i < Events.NAMES.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  - name: a%02d%n    match: event == \"%s\"%n    points: %s%n    cap: {per_day: %d}%n",
              i + 1,
              Events.NAMES.get(i),
              POINTS[i] * scale,
              dayCap(i)));
    }
    return text
        + """
        bands:
          - {id: cold, to: 20}
          - {id: warm, to: 60}
          - {id: hot, to: 150}
          - {id: champion, engaged: true}
        """;
  }
}
