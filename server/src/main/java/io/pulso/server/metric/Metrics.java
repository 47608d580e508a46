package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the store what metrics come to.
public final class Metrics {
  /// More parts are not told one by one.
  static final int MOST_PARTS = 1_000;

  private final View view;
  private final Asked asked;
  private final Counted already;
  private final Map<Select.Who, ActiveCounts> activity = new EnumMap<>(Select.Who.class);

  private Metrics(View view, Asked asked, Counted already) {
    this.view = view;
    this.asked = asked;
    this.already = already;
  }

  /// What the metric comes to.
  public static Told ask(View view, Asked asked) {
    return new Metrics(view, asked, new Counted()).tell();
  }

  /// As the other one, with what was counted already for other metrics of the same page.
  public static Told ask(View view, Asked asked, KeptAnswers kept, Counted already) {
    return kept.ask(
        view,
        asked,
        asked.restsOn(),
        Told.class,
        () -> new Metrics(view, asked, already).tell());
  }

  /// The parts alone.
  public static List<Told.Part> parts(
      View view, Asked asked, KeptAnswers kept, Counted already) {
    return kept.ask(
            view,
            List.of("parts", asked),
            asked.restsOn(),
            Parts.class,
            () -> new Parts(new Metrics(view, asked, already).parts()))
        .all();
  }

  private record Parts(List<Told.Part> all) {}

  /// What the metric comes to, as it was found before where that is still right.
  public static Told ask(View view, Asked asked, KeptAnswers kept) {
    return kept.ask(view, asked, asked.restsOn(), Told.class, () -> ask(view, asked));
  }

  private Told tell() {
    Period period = asked.period();
    List<Period> pair = List.of(period.before(), period);
    Map<Measure, Map<Place, Cell>> both = new HashMap<>();
    for (Period each : pair) {
      count(Every.WHOLE, List.of(each), null)
          .forEach((measure, cells) ->
              both.computeIfAbsent(measure, ignored -> new HashMap<>()).putAll(cells));
    }
    OptionalInt begun = view.firstDay();
    boolean hasBefore = begun.isPresent() && begun.getAsInt() <= period.before().last();
    return new Told(
        asked,
        told(point(both, period)),
        hasBefore ? point(both, period.before()) : null,
        series(),
        parts());
  }

  private Told.Point told(Told.Point whole) {
    return new Told.Point(
        whole.period(),
        Resampled.told(view, asked.metric(), whole.period(), whole.figure()),
        whole.complete());
  }

  private List<Told.Point> series() {
    if (asked.every() == Every.WHOLE) {
      return List.of();
    }
    List<Period> periods = asked.periods();
    Map<Measure, Map<Place, Cell>> counted = count(asked.every(), periods, null);
    return periods.stream().map(each -> point(counted, each)).toList();
  }

  private List<Told.Part> parts() {
    Path by = asked.by();
    if (by == null) {
      return List.of();
    }
    Map<Measure, Map<Place, Cell>> counted = count(Every.WHOLE, List.of(asked.period()), by);
    Set<@Nullable String> names = new HashSet<>();
    counted.values().forEach(cells -> cells.keySet().forEach(place -> names.add(place.part())));
    if (names.size() > MOST_PARTS) {
      throw new InputException(
          "that breaks it down into %,d parts; %,d are told: choose something with fewer values"
              .formatted(names.size(), MOST_PARTS));
    }
    List<Told.Part> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(
          new Told.Part(shown(name), figure(counted, new Place(asked.period().first(), name))));
    }
    parts.sort(
        Comparator.comparingLong((Told.Part part) -> -part.figure().n())
            .thenComparing(Told.Part::part, Comparator.nullsLast(Comparator.naturalOrder())));
    return parts;
  }

  /// A part without the mark of its type; numbers without needless zeros.
  private static @Nullable String shown(@Nullable String part) {
    if (part == null) {
      return null;
    }
    String value = part.substring(2);
    return part.startsWith("n:")
        ? new BigDecimal(value).stripTrailingZeros().toPlainString()
        : value;
  }

  private Told.Point point(Map<Measure, Map<Place, Cell>> counted, Period period) {
    return new Told.Point(
        period, figure(counted, new Place(period.first(), null)), period.last() < asked.today());
  }

  private Figure figure(Map<Measure, Map<Place, Cell>> counted, Place place) {
    return Formula.figure(asked.metric(), measure -> cell(counted, measure, place));
  }

  /// Everything that the metric needs, by period and part.
  private Map<Measure, Map<Place, Cell>> count(
      Every every, List<Period> periods, @Nullable Path by) {
    return count(asked.metric().measure(), every, periods, by);
  }

  private Map<Measure, Map<Place, Cell>> count(
      Measure of, Every every, List<Period> periods, @Nullable Path by) {
    Map<Measure, Map<Place, Cell>> counted = new HashMap<>();
    for (Measure measure : Formula.counted(of)) {
      counted.put(
          measure,
          switch (measure) {
            case Measure.Leaf leaf ->
                already.get(
                    List.of(leaf, every, periods, Optional.ofNullable(by)),
                    () -> view.facts().count(leaf, every, periods, by));
            case Measure.Chain chain ->
                already.get(
                    List.of(chain, every, periods, Optional.ofNullable(by)),
                    () ->
                        view.facts().chain(chain, every, periods, by, begun(), asked.today()));
            case Measure.MeanOf mean -> {
              refuse(by);
              yield meanOf(mean, every, periods);
            }
            case Measure.Active(int days, Select.Who who) -> {
              refuse(by);
              yield active(days, who, periods);
            }
            case Measure.Stickiness(Select.Who who) -> {
              refuse(by);
              yield stickiness(who, periods);
            }
            case Measure.Sessions sessions ->
                new SessionCells(view).count(sessions, every, periods, by);
            case Measure.Mean _,
                Measure.Percentile _,
                Measure.Nps _,
                Measure.AtLeast _,
                Measure.Ratio _,
                Measure.Sum _,
                Measure.Difference _ ->
                throw new IllegalStateException("not counted: " + measure);
          });
    }
    return counted;
  }

  /// The mean over the parts of each period; what says nothing of the part is none.
  private Map<Place, Cell> meanOf(Measure.MeanOf mean, Every every, List<Period> periods) {
    Map<Measure, Map<Place, Cell>> counted = count(mean.ratio(), every, periods, mean.by());
    Map<Integer, Set<Place>> places = new HashMap<>();
    for (Map<Place, Cell> cells : counted.values()) {
      for (Place place : cells.keySet()) {
        if (place.part() != null) {
          places.computeIfAbsent(place.first(), ignored -> new HashSet<>()).add(place);
        }
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    places.forEach((first, some) -> {
      List<Function<Measure, Cell>> parts =
          some.stream()
              .<Function<Measure, Cell>>map(place -> measure -> cell(counted, measure, place))
              .toList();
      cells.put(new Place(first, null), Formula.meanOf(mean.ratio(), parts));
    });
    return cells;
  }

  private static Cell cell(
      Map<Measure, Map<Place, Cell>> counted, Measure measure, Place place) {
    return Objects.requireNonNull(counted.get(measure)).getOrDefault(place, Cell.NONE);
  }

  /// The first day of all data.
  private int begun() {
    return view.firstDay().orElse(asked.period().first());
  }

  private void refuse(@Nullable Path by) {
    if (by != null) {
      throw new InputException(
          "'%s' is counted from days of activity and cannot be broken down; ask it without a part"
              .formatted(asked.metric().id()));
    }
  }

  /// Those active up to the last day of each period.
  private Map<Place, Cell> active(int window, Select.Who who, List<Period> periods) {
    ActiveCounts counts = active(who);
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      cells.put(new Place(period.first(), null), Cell.count(counts.within(window, period.last())));
    }
    return cells;
  }

  /// The days of each period that have somebody active in 30 days, and the sum of their shares.
  private Map<Place, Cell> stickiness(Select.Who who, List<Period> periods) {
    ActiveCounts counts = active(who);
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      long n = 0;
      BigDecimal sum = BigDecimal.ZERO;
      for (int day = period.first(); day <= Math.min(period.last(), asked.today() - 1); day++) {
        int monthly = counts.within(ActiveCounts.MONTH, day);
        if (monthly > 0) {
          n++;
          sum =
              sum.add(
                  BigDecimal.valueOf(counts.within(1, day))
                      .divide(BigDecimal.valueOf(monthly), MathContext.DECIMAL64));
        }
      }
      cells.put(new Place(period.first(), null), Cell.sum(n, sum));
    }
    return cells;
  }

  /// The days of activity, read once for all that is told.
  private ActiveCounts active(Select.Who who) {
    return activity.computeIfAbsent(
        who,
        each ->
            ActiveCounts.read(
                view.facts(), each, asked.metric().measure(), asked.firstDay(), asked.lastDay()));
  }
}
