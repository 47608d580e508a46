package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Metric;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Grid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several metrics beside each other, by part.
///
/// @param csv where its file is
/// @param left how many more parts there are than are shown
public record PartTable(
    String id, String title, List<Head> head, List<Row> rows, String csv, int left) {
  private static final int MOST = 25;

  /// A metric above its column.
  public record Head(String title, String definition, String to) {}

  /// A part; of the values in order, those that are not there are told as none.
  public record Row(String part, List<Grid.Cell> cells) {}

  /// Asks for it; the parts with the greatest values of the first metric that have one come first.
  ///
  /// @param title of the parts
  static PartTable of(
      Visit visit, MetricDesk desk, String id, String title, List<Metric> metrics, Path by) {
    Map<@Nullable String, List<@Nullable Double>> values = new LinkedHashMap<>();
    for (int column = 0; column < metrics.size(); column++) {
      for (Told.Part part : desk.parts(metrics.get(column), by)) {
        List<@Nullable Double> row =
            values.computeIfAbsent(part.part(), ignored -> nothing(metrics.size()));
        Figure figure = part.figure();
        row.set(column, figure.value());
      }
    }
    List<Row> rows =
        values.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<@Nullable String, List<@Nullable Double>> each) ->
                            -greatest(each.getValue()))
                    .thenComparing(
                        Map.Entry::getKey, Comparator.nullsLast(Comparator.naturalOrder())))
            .map(each -> row(visit, metrics, each.getKey(), each.getValue()))
            .toList();
    return new PartTable(
        id,
        title,
        metrics.stream()
            .map(metric ->
                new Head(
                    MetricTexts.title(visit, metric),
                    MetricTexts.definition(visit, metric),
                    MetricDesk.page(visit, metric.id())))
            .toList(),
        rows,
        "",
        0);
  }

  private static List<@Nullable Double> nothing(int columns) {
    List<@Nullable Double> row = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      row.add(null);
    }
    return row;
  }

  /// The first value that there is, as what a part is sorted by.
  private static double greatest(List<@Nullable Double> values) {
    Double first = values.getFirst();
    return first == null ? Double.NEGATIVE_INFINITY : first;
  }

  private static Row row(
      Visit visit, List<Metric> metrics, @Nullable String part, List<@Nullable Double> values) {
    List<Grid.Cell> cells = new ArrayList<>();
    for (int column = 0; column < metrics.size(); column++) {
      Metric.Kind kind = metrics.get(column).kind();
      Double value =
          values.get(column) == null && isCounted(kind) ? (Double) 0.0 : values.get(column);
      cells.add(
          value == null
              ? new Grid.Cell(visit.t("frame.none"), "", true)
              : new Grid.Cell(
                  MetricTexts.value(visit, kind, value),
                  BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(),
                  true));
    }
    return new Row(part == null ? visit.t("metrics.no_part") : part, cells);
  }

  /// Whether nothing of it is 0.
  private static boolean isCounted(Metric.Kind kind) {
    return switch (kind) {
      case COUNT, CUSTOMERS, MONEY -> true;
      case PERCENT, NUMBER, SCORE, NPS, SECONDS -> false;
    };
  }

  /// The first rows, with the address of the file that has all of them.
  PartTable shown(String file) {
    return new PartTable(
        id, title, head, rows.stream().limit(MOST).toList(), file, Math.max(0, rows.size() - MOST));
  }

  Shown download() {
    List<String> titles = new ArrayList<>(List.of(title));
    head.forEach(each -> titles.add(each.title()));
    List<List<Grid.Cell>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<Grid.Cell> line = new ArrayList<>(List.of(Grid.Cell.text(row.part())));
      line.addAll(row.cells());
      lines.add(line);
    }
    return new Grid(titles, lines, "").download(id + ".csv");
  }
}
