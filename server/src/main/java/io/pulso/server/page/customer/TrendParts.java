package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Trends;
import io.pulso.server.store.OpaqueIds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/// The small lines of the last weeks beside the rows of a list; fetched once the list is shown.
public final class TrendParts {
  private static final int MOST = 50;
  private static final int WIDTH = 96;
  private static final int HEIGHT = 24;
  private static final int MARGIN = 2;

  private final Area area;

  TrendParts(Area area) {
    this.area = area;
  }

  /// A line.
  ///
  /// @param path as SVG draws it; empty where there is none
  /// @param change of the last four weeks, with its sign; empty where there is none
  /// @param direction `up`, `down` or empty
  /// @param said what it says, for who does not see it
  public record Line(String opaque, String path, String change, String direction, String said) {}

  /// Some of them.
  public record Lines(List<Line> lines) {}

  Shown show(Visit visit, Model.Subject kind) {
    String asked = visit.param("ids");
    List<String> opaque = asked == null ? List.of() : List.of(asked.split("\\."));
    if (opaque.isEmpty() || opaque.size() > MOST) {
      throw new Missing("trends");
    }
    int today = area.today();
    return area.site()
        .questions()
        .ask((store, view) -> {
          InUse use = area.use(store, kind);
          OpaqueIds ids = store.opaqueIds();
          Map<Integer, String> numbers = new LinkedHashMap<>();
          opaque.forEach(one -> ids.number(kind, one).ifPresent(no -> numbers.put(no, one)));
          int[] all = numbers.keySet().stream().mapToInt(number -> number).toArray();
          BitSet seen = area.sight(visit).seen(view, kind, all, today);
          numbers.keySet().removeIf(number -> !seen.get(number));
          List<Line> lines = new ArrayList<>();
          if (use != null) {
            int[] wanted = numbers.keySet().stream().mapToInt(number -> number).toArray();
            Map<Integer, long[]> found = Trends.of(view, use, wanted, today);
            numbers.forEach((number, one) -> {
              long[] scores = found.get(number);
              lines.add(scores == null ? new Line(one, "", "", "", "") : line(visit, one, scores));
            });
          }
          return Shown.view("customer/trends", new Lines(lines));
        });
  }

  private static Line line(Visit visit, String opaque, long[] scores) {
    long[] there = LongStream.of(scores).filter(Kernel::isScore).toArray();
    if (there.length < 2) {
      return new Line(opaque, "", "", "", "");
    }
    long least = LongStream.of(there).min().orElse(0);
    long most = LongStream.of(there).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int week = 0; week < scores.length; week++) {
      if (Kernel.isScore(scores[week])) {
        double x = MARGIN + (double) (WIDTH - 2 * MARGIN) * week / (scores.length - 1);
        double share = most == least ? 0.5 : (double) (scores[week] - least) / (most - least);
        double y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
      }
    }
    long change = there[there.length - 1] - there[Math.max(0, there.length - 5)];
    return new Line(
        opaque,
        path.toString(),
        visit.figures().change(change),
        change > 0 ? "up" : change < 0 ? "down" : "",
        visit.t(
            "customers.trend_said",
            "from",
            visit.figures().points(there[0]),
            "to",
            visit.figures().points(there[there.length - 1]),
            "change",
            visit.figures().change(change)));
  }
}
