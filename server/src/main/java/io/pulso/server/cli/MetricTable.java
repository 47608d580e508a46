package io.pulso.server.cli;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.server.metric.Told;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a metric comes to, for people.
final class MetricTable {
  private final Console console;
  private final Told told;

  MetricTable(Console console, Told told) {
    this.console = console;
    this.told = told;
  }

  static String title(Metric metric) {
    String title = metric.title().in("en");
    return title == null ? metric.id() : title;
  }

  void print() {
    Metric metric = told.asked().metric();
    console.line("%s  %s".formatted(Shown.text(title(metric)), days(told.whole().period())));
    String definition = metric.definition().in("en");
    if (definition != null) {
      console.line("  " + Shown.text(definition));
    }
    console.line("");
    console.line("  %s%s".formatted(value(told.whole().figure()), beside(told.whole())));
    Told.Point before = told.before();
    if (before != null) {
      console.line("  %s  %s".formatted(value(before.figure()), days(before.period())));
    }
    if (!told.series().isEmpty()) {
      console.line("");
      TextTable table =
          new TextTable().text("from").text("to").number("value").number("n").text("");
      told.series()
          .forEach(each ->
              table.row(
                  Numbers.day(each.period().first()),
                  Numbers.day(each.period().last()),
                  value(each.figure()),
                  Numbers.count(each.figure().n()),
                  each.complete() ? "" : "not over yet"));
      table.print(console, "  ");
    }
    if (!told.parts().isEmpty()) {
      console.line("");
      TextTable table = new TextTable().text("part").number("value").number("n");
      told.parts()
          .forEach(each ->
              table.row(
                  each.part() == null ? "(none)" : Shown.text(each.part()),
                  value(each.figure()),
                  Numbers.count(each.figure().n())));
      table.print(console, "  ");
    }
  }

  private static String days(Period period) {
    return "%s to %s".formatted(Numbers.day(period.first()), Numbers.day(period.last()));
  }

  private String beside(Told.Point point) {
    Interval interval = point.figure().interval();
    String range =
        interval == null
            ? ""
            : " (95 %% between %s and %s)"
                .formatted(number(interval.low()), number(interval.high()));
    return "  of %s%s%s"
        .formatted(
            Numbers.count(point.figure().n()), range, point.complete() ? "" : ", not over yet");
  }

  private String value(Figure figure) {
    @Nullable Double value = figure.value();
    return value == null ? "–" : number(value);
  }

  private String number(double value) {
    return switch (told.asked().metric().kind()) {
      case COUNT, CUSTOMERS -> String.format(Locale.ROOT, "%,.0f", value);
      case PERCENT -> String.format(Locale.ROOT, "%.1f %%", value);
      case NPS -> String.format(Locale.ROOT, "%+.0f", value);
      case SCORE, NUMBER, MONEY -> String.format(Locale.ROOT, "%,.2f", value);
      case SECONDS -> JourneyDays.time(value);
    };
  }
}
