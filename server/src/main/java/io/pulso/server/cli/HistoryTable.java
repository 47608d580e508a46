package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.score.Kernel;
import io.pulso.server.score.Histories;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A history as a table for people: one subject's scores, or the mean and the bands of all.
final class HistoryTable implements Histories.Sink {
  private static final int BAR = 40;

  private final Console console;
  private final List<Histories.Period> periods;
  private final SortedMap<Integer, Day> days = new TreeMap<>();
  private final Map<String, String> bands = new LinkedHashMap<>();
  private @Nullable String first;

  private static final class Day {
    private BigInteger sum = BigInteger.ZERO;
    private long last;
    private long scores;
    private long subjects;
    private final Map<String, Long> byBand = new LinkedHashMap<>();
  }

  HistoryTable(Console console, List<Histories.Period> periods) {
    this.console = console;
    this.periods = periods;
    for (Histories.Period period : periods) {
      for (Band band : period.use().model().bands()) {
        bands.putIfAbsent(band.id(), ExplainTable.title(band));
      }
    }
  }

  @Override
  public void take(String id, int day, long score, @Nullable Band band) {
    Day of = days.computeIfAbsent(day, ignored -> new Day());
    first = first == null ? id : first;
    of.subjects++;
    if (score != Kernel.UNAVAILABLE && band != null) {
      of.scores++;
      of.last = score;
      of.sum = of.sum.add(BigInteger.valueOf(score));
      of.byBand.merge(band.id(), 1L, Long::sum);
    }
  }

  /// Prints what was taken.
  ///
  /// @param one whether it is of one subject
  void print(boolean one) {
    if (days.isEmpty()) {
      console.note("nobody has a score on these days");
      return;
    }
    String under = ExplainTable.under(periods.getLast().use());
    console.line((one ? Shown.text(String.valueOf(first)) : "everybody") + "  under " + under);
    if (periods.size() > 1) {
      for (Histories.Period period : periods) {
        console.line(
            "  version %s from %s".formatted(period.use().version(), Numbers.day(period.first())));
      }
    }
    console.line("");
    if (one) {
      subject();
    } else {
      everybody();
    }
  }

  private void subject() {
    long least = days.values().stream().mapToLong(day -> day.last).min().orElse(0);
    long most = days.values().stream().mapToLong(day -> day.last).max().orElse(0);
    TextTable table = new TextTable().text("day").number("score").number("change").text("band");
    if (console.terminal()) {
      table.text("");
    }
    Day before = null;
    for (Map.Entry<Integer, Day> entry : days.entrySet()) {
      Day day = entry.getValue();
      boolean scored = day.scores > 0;
      long change = before == null || !scored || before.scores == 0 ? 0 : day.last - before.last;
      table.row(
          Numbers.day(entry.getKey()),
          scored ? Numbers.plain(day.last) : "unavailable",
          change == 0 ? "" : Numbers.signed(change),
          day.byBand.keySet().stream().findFirst().map(id -> bands.getOrDefault(id, id)).orElse(""),
          console.terminal() && scored ? bar(day.last, Math.min(least, 0), Math.max(most, 0)) : "");
      before = day;
    }
    table.print(console, "  ");
  }

  private static String bar(long score, long least, long most) {
    BigDecimal part =
        BigDecimal.valueOf(score - least)
            .multiply(BigDecimal.valueOf(BAR))
            .divide(BigDecimal.valueOf(Math.max(1, most - least)), 0, RoundingMode.HALF_UP);
    return "█".repeat(part.intValueExact());
  }

  private void everybody() {
    TextTable table = new TextTable().text("day").number("subjects").number("mean");
    bands.values().forEach(table::number);
    for (Map.Entry<Integer, Day> entry : days.entrySet()) {
      Day day = entry.getValue();
      List<String> cells = new java.util.ArrayList<>();
      cells.add(Numbers.day(entry.getKey()));
      cells.add(Numbers.count(day.subjects));
      cells.add(day.scores == 0 ? "" : Numbers.plain(mean(day)));
      bands.keySet().forEach(id -> cells.add(Numbers.count(day.byBand.getOrDefault(id, 0L))));
      table.row(cells.toArray(String[]::new));
    }
    table.print(console, "  ");
  }

  private static long mean(Day day) {
    return new BigDecimal(day.sum)
        .divide(BigDecimal.valueOf(day.scores), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
