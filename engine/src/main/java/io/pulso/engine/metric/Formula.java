package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The arithmetic on what was counted. Everything is exact until the value is told.
public final class Formula {
  /// Below this many answers a net promoter score is not told.
  public static final long LEAST_ANSWERS = 10;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Function<Measure, Cell> cells;

  /// @param cells what was counted for a leaf, or for active customers
  private Formula(Function<Measure, Cell> cells) {
    this.cells = cells;
  }

  /// The value of a metric.
  public static Figure figure(Metric metric, Function<Measure, Cell> cells) {
    Figure plain = new Formula(cells).figure(metric.measure());
    return metric.kind() == Metric.Kind.PERCENT && metric.measure() instanceof Measure.Ratio
        ? percent(plain)
        : plain;
  }

  private static Figure percent(Figure ratio) {
    Double value = ratio.value();
    Interval interval = ratio.interval();
    return value == null
        ? ratio
        : new Figure(value * 100, ratio.n(), interval == null ? null : interval.times(100));
  }

  /// What has to be counted for it.
  public static List<Measure> counted(Measure measure) {
    List<Measure> found = new ArrayList<>();
    collect(measure, found);
    return found.stream().distinct().toList();
  }

  private static void collect(Measure measure, List<Measure> into) {
    switch (measure) {
      case Measure.Leaf leaf -> into.add(leaf);
      case Measure.Active active -> into.add(active);
      case Measure.Stickiness sticky -> into.add(sticky);
      case Measure.Course course -> into.add(course);
      case Measure.Mean(Measure.Numbers of) -> into.add(of);
      case Measure.Percentile(Measure.Numbers of, int percent) -> into.add(of);
      case Measure.Nps(Measure.Numbers of) -> into.add(of);
      case Measure.AtLeast(Measure.Numbers of, long bound) -> into.add(of);
      case Measure.Ratio(Measure over, Measure per) -> {
        collect(over, into);
        collect(per, into);
      }
      case Measure.Sum(Measure one, Measure other) -> {
        collect(one, into);
        collect(other, into);
      }
      case Measure.Difference(Measure from, Measure less) -> {
        collect(from, into);
        collect(less, into);
      }
    }
  }

  private Figure figure(Measure measure) {
    return switch (measure) {
      case Measure.Nps(Measure.Numbers of) -> nps(cell(of).numbers());
      case Measure.AtLeast(Measure.Numbers of, long bound) -> atLeast(cell(of).numbers(), bound);
      case Measure.Percentile(Measure.Numbers of, int percent) ->
          percentile(cell(of).numbers(), percent);
      case Measure.Mean(Measure.Numbers of) -> {
        Cell cell = cell(of);
        yield told(quotient(cell.total(), BigDecimal.valueOf(cell.n())), cell.n(), null);
      }
      case Measure.Ratio(Measure over, Measure per) -> ratio(over, per);
      case Measure.Stickiness sticky -> {
        Cell cell = cell(sticky);
        yield told(
            quotient(cell.total().multiply(HUNDRED), BigDecimal.valueOf(cell.n())), cell.n(), null);
      }
      case Measure.Leaf _, Measure.Active _, Measure.Sum _, Measure.Difference _ ->
          told(amount(measure), n(measure), null);
      case Measure.Course _ -> throw new IllegalArgumentException("no count: " + measure);
    };
  }

  private Cell cell(Measure counted) {
    return cells.apply(counted);
  }

  private Figure ratio(Measure over, Measure per) {
    BigDecimal above = amount(over);
    BigDecimal below = amount(per);
    long n = n(per);
    Interval interval = null;
    if (over instanceof Measure.Customers && per instanceof Measure.Customers) {
      long yes = n(over);
      interval = n > 0 && yes <= n ? Interval.wilson(yes, n) : null;
    }
    return told(quotient(above, below), n, interval);
  }

  /// The exact value of something that is counted or summed.
  private BigDecimal amount(Measure measure) {
    return switch (measure) {
      case Measure.Events _, Measure.Customers _, Measure.Distinct _, Measure.Active _ ->
          BigDecimal.valueOf(cell(measure).n());
      case Measure.Total total -> cell(total).total();
      case Measure.Sum(Measure one, Measure other) -> amount(one).add(amount(other));
      case Measure.Difference(Measure from, Measure less) -> amount(from).subtract(amount(less));
      case Measure.Numbers _,
          Measure.Mean _,
          Measure.Percentile _,
          Measure.Nps _,
          Measure.AtLeast _,
          Measure.Ratio _,
          Measure.Stickiness _,
          Measure.Course _ ->
          throw new IllegalArgumentException("no amount: " + measure);
    };
  }

  private long n(Measure measure) {
    return switch (measure) {
      case Measure.Sum(Measure one, Measure other) -> n(one) + n(other);
      case Measure.Difference(Measure from, Measure less) -> n(from);
      case Measure.Events _,
          Measure.Customers _,
          Measure.Distinct _,
          Measure.Total _,
          Measure.Numbers _,
          Measure.Active _,
          Measure.Stickiness _ ->
          cell(measure).n();
      case Measure.Mean _,
          Measure.Percentile _,
          Measure.Nps _,
          Measure.AtLeast _,
          Measure.Ratio _,
          Measure.Course _ ->
          throw new IllegalArgumentException("no count: " + measure);
    };
  }

  /// Of answers from 0 to 10, in thousandths.
  static Figure nps(SortedMap<Long, Long> answers) {
    long promoters = often(answers.tailMap(9_000L));
    long detractors = often(answers.headMap(6_001L));
    long n = often(answers);
    if (n < LEAST_ANSWERS) {
      return new Figure(null, n, null);
    }
    return new Figure(
        (promoters - detractors) * 100.0 / n,
        n,
        Interval.adjustedWald(promoters, n - promoters - detractors, detractors).times(100));
  }

  private static Figure atLeast(SortedMap<Long, Long> answers, long bound) {
    long yes = often(answers.tailMap(bound));
    long n = often(answers);
    return n == 0
        ? Figure.NONE
        : new Figure(yes * 100.0 / n, n, Interval.wilson(yes, n).times(100));
  }

  private static long often(SortedMap<Long, Long> numbers) {
    return numbers.values().stream().mapToLong(each -> each).sum();
  }

  /// Linear between the two order statistics around the place.
  static Figure percentile(SortedMap<Long, Long> numbers, int percent) {
    long n = often(numbers);
    if (n == 0) {
      return Figure.NONE;
    }
    BigInteger place = BigInteger.valueOf(n - 1).multiply(BigInteger.valueOf(percent));
    BigInteger[] parts = place.divideAndRemainder(BigInteger.valueOf(100));
    long below = at(numbers, parts[0].longValueExact());
    BigDecimal value = BigDecimal.valueOf(below);
    if (parts[1].signum() > 0) {
      long above = at(numbers, parts[0].longValueExact() + 1);
      value =
          value.add(
              BigDecimal.valueOf(above - below).multiply(new BigDecimal(parts[1])).divide(HUNDRED));
    }
    return new Figure(value.movePointLeft(3).doubleValue(), n, null);
  }

  private static long at(Map<Long, Long> numbers, long place) {
    long left = place;
    for (Map.Entry<Long, Long> each : numbers.entrySet()) {
      left -= each.getValue();
      if (left < 0) {
        return each.getKey();
      }
    }
    throw new IllegalArgumentException("no place " + place);
  }

  private static @Nullable BigDecimal quotient(BigDecimal above, BigDecimal below) {
    return below.signum() == 0 ? null : above.divide(below, MathContext.DECIMAL64);
  }

  private static Figure told(@Nullable BigDecimal value, long n, @Nullable Interval interval) {
    return new Figure(value == null ? null : (Double) value.doubleValue(), n, interval);
  }
}
