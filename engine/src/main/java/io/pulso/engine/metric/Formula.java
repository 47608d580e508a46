package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The arithmetic on what was counted. Everything is exact until the value is told.
public final class Formula {
  /// Below this many answers a net promoter score is not told.
  public static final long LEAST_ANSWERS = 10;

  private static final int UNTIL_NOW = 100_000;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Function<Measure, Cell> cells;

  /// @param cells what was counted for a leaf, or for active customers
  private Formula(Function<Measure, Cell> cells) {
    this.cells = cells;
  }

  /// The value of a metric.
  public static Figure figure(Metric metric, Function<Measure, Cell> cells) {
    Formula formula = new Formula(cells);
    boolean counted = metric.kind() == Metric.Kind.CUSTOMERS || metric.kind() == Metric.Kind.COUNT;
    if (counted && ChainFigure.isShare(metric.measure())) {
      return told(formula.amount(metric.measure()), formula.n(metric.measure()), null);
    }
    Figure plain = formula.figure(metric.measure());
    boolean ratio =
        metric.measure() instanceof Measure.Ratio || metric.measure() instanceof Measure.MeanOf;
    return metric.kind() == Metric.Kind.PERCENT && ratio ? percent(plain) : plain;
  }

  private static Figure percent(Figure ratio) {
    Double value = ratio.value();
    Interval interval = ratio.interval();
    return value == null
        ? ratio
        : new Figure(value * 100, ratio.n(), interval == null ? null : interval.times(100));
  }

  /// The mean over parts of a ratio, from what was counted for each part.
  public static Cell meanOf(Measure.Ratio ratio, Iterable<Function<Measure, Cell>> parts) {
    long n = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (Function<Measure, Cell> part : parts) {
      Formula formula = new Formula(part);
      BigDecimal value = quotient(formula.amount(ratio.over()), formula.amount(ratio.per()));
      if (value != null) {
        n++;
        sum = sum.add(value);
      }
    }
    return Cell.sum(n, sum);
  }

  /// Whether it rests on what happens after the days that it is told of, without an end.
  public static boolean isOpen(Measure measure) {
    return counted(measure).stream()
        .anyMatch(each -> each instanceof Measure.Answered || each instanceof Measure.Reacted);
  }

  /// Whether anything is counted in sessions.
  public static boolean isOfSessions(Measure measure) {
    return counted(measure).stream().anyMatch(each -> each instanceof Measure.Sessions);
  }

  /// How many days after those that it is told of count too; so many that all are meant where it is
  /// told as far as it is known now.
  public static int ahead(Measure measure) {
    return counted(measure).stream()
        .mapToInt(each ->
            switch (each) {
              case Measure.Followed followed -> followed.days();
              case Measure.Kept kept -> kept.days();
              case Measure.Course _ -> UNTIL_NOW;
              default -> 0;
            })
        .max()
        .orElse(0);
  }

  /// What has to be counted for it.
  public static List<Measure> counted(Measure measure) {
    List<Measure> found = new ArrayList<>();
    collect(measure, found);
    return found.stream().distinct().toList();
  }

  /// The leaves that have to be counted for it, with those among which more than the count is told:
  /// what the same customer did, or what happened to the same thing.
  public static List<Measure.Leaf> leaves(Measure measure) {
    return counted(measure).stream()
        .<Measure.Leaf>mapMulti((each, to) -> {
          switch (each) {
            case Measure.Leaf leaf -> to.accept(leaf);
            case Measure.ToDate(Measure.Leaf leaf) -> to.accept(leaf);
            case Measure.DaysBetween(Select of, Path path, Integer percent) ->
                to.accept(
                    path == null ? new Measure.Customers(of) : new Measure.Distinct(of, path));
            case Measure.Touched touched -> {
              to.accept(touched.leaf());
              to.accept(new Measure.Customers(touched.touch()));
            }
            case Measure.Reacted(Select of, Select then, List<Path> paths) -> {
              to.accept(new Measure.Unique(of, paths));
              to.accept(new Measure.Unique(then, paths));
            }
            case Measure.Lasting(Measure.Span span, Measure.Tell tell) -> ofThings(span, to);
            case Measure.Open(Measure.Span span) -> ofThings(span, to);
            default -> {}
          }
        })
        .toList();
  }

  private static void ofThings(Measure.Span span, Consumer<Measure.Leaf> to) {
    span.steps()
        .forEach(step ->
            to.accept(new Measure.Distinct(new Select(step, Select.Who.ANYBODY), span.of())));
  }

  private static void collect(Measure measure, List<Measure> into) {
    switch (measure) {
      case Measure.Leaf leaf -> into.add(leaf);
      case Measure.Chain chain -> into.add(chain);
      case Measure.Accounts accounts -> into.add(accounts);
      case Measure.MeanOf mean -> into.add(mean);
      case Measure.Active active -> into.add(active);
      case Measure.Stickiness sticky -> into.add(sticky);
      case Measure.Sessions sessions -> into.add(sessions);
      case Measure.Standing standing -> into.add(standing);
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
      case Measure.MeanOf mean -> {
        Cell cell = cell(mean);
        yield told(quotient(cell.total(), BigDecimal.valueOf(cell.n())), cell.n(), null);
      }
      case Measure.Stickiness sticky -> {
        Cell cell = cell(sticky);
        yield told(
            quotient(cell.total().multiply(HUNDRED), BigDecimal.valueOf(cell.n())), cell.n(), null);
      }
      case Measure.Standing(Stat of) -> of.figure(cell(measure));
      case Measure.Chain chain -> ChainFigure.of(chain, cell(chain));
      case Measure.Sessions sessions when sessions.fact().isMedian() && n(sessions) == 0 ->
          Figure.NONE;
      case Measure.Leaf _,
          Measure.Accounts _,
          Measure.Active _,
          Measure.Sessions _,
          Measure.Sum _,
          Measure.Difference _ ->
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
    if (isOfPeople(over, per)) {
      long yes = n(over);
      interval = n > 0 && yes <= n ? Interval.wilson(yes, n) : null;
    }
    return told(quotient(above, below), n, interval);
  }

  /// Whether each person counts once at most, above and below.
  private static boolean isOfPeople(Measure over, Measure per) {
    return (ChainFigure.isOfPeople(over) && per instanceof Measure.Customers)
        || (over instanceof Measure.Sessions(SessionFact yes, Select.Who who)
            && per instanceof Measure.Sessions(SessionFact all, Select.Who whose)
            && yes == SessionFact.RETURNING
            && all == SessionFact.ACTIVE
            && who == whose);
  }

  /// The exact value of something that is counted or summed.
  private BigDecimal amount(Measure measure) {
    return switch (measure) {
      case Measure.Events _,
          Measure.Customers _,
          Measure.Distinct _,
          Measure.Unique _,
          Measure.Repeaters _,
          Measure.Machines _,
          Measure.Active _ ->
          BigDecimal.valueOf(cell(measure).n());
      case Measure.Chain chain -> ChainFigure.amount(chain, cell(chain));
      case Measure.Accounts accounts ->
          accounts.mrr() ? cell(accounts).total() : BigDecimal.valueOf(cell(accounts).n());
      case Measure.Total total -> cell(total).total();
      case Measure.Sessions sessions -> cell(sessions).total();
      case Measure.Sum(Measure one, Measure other) -> amount(one).add(amount(other));
      case Measure.Difference(Measure from, Measure less) -> amount(from).subtract(amount(less));
      case Measure.Numbers _,
          Measure.Mean _,
          Measure.Percentile _,
          Measure.Nps _,
          Measure.AtLeast _,
          Measure.Ratio _,
          Measure.MeanOf _,
          Measure.Stickiness _,
          Measure.Course _,
          Measure.Standing _ ->
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
          Measure.Unique _,
          Measure.Repeaters _,
          Measure.Machines _,
          Measure.Chain _,
          Measure.Accounts _,
          Measure.Active _,
          Measure.Sessions _,
          Measure.Stickiness _ ->
          cell(measure).n();
      case Measure.Mean _,
          Measure.Percentile _,
          Measure.Nps _,
          Measure.AtLeast _,
          Measure.MeanOf _,
          Measure.Ratio _,
          Measure.Course _,
          Measure.Standing _ ->
          throw new IllegalArgumentException("no count: " + measure);
    };
  }

  /// Of answers from 0 to 10.
  static Figure nps(Frequencies answers) {
    long n = answers.n();
    long promoters = n - answers.below(9_000);
    long detractors = answers.below(6_001);
    if (n < LEAST_ANSWERS) {
      return new Figure(null, n, null);
    }
    return new Figure(
        (promoters - detractors) * 100.0 / n,
        n,
        Interval.adjustedWald(promoters, n - promoters - detractors, detractors).times(100));
  }

  private static Figure atLeast(Frequencies answers, long bound) {
    long n = answers.n();
    long yes = n - answers.below(bound);
    return n == 0
        ? Figure.NONE
        : new Figure(yes * 100.0 / n, n, Interval.wilson(yes, n).times(100));
  }

  /// Linear between the two order statistics around the place.
  static Figure percentile(Frequencies numbers, int percent) {
    long n = numbers.n();
    if (n == 0) {
      return Figure.NONE;
    }
    BigInteger place = BigInteger.valueOf(n - 1).multiply(BigInteger.valueOf(percent));
    BigInteger[] parts = place.divideAndRemainder(BigInteger.valueOf(100));
    long below = numbers.at(parts[0].longValueExact());
    BigDecimal value = BigDecimal.valueOf(below);
    if (parts[1].signum() > 0) {
      long above = numbers.at(parts[0].longValueExact() + 1);
      value =
          value.add(
              BigDecimal.valueOf(above - below).multiply(new BigDecimal(parts[1])).divide(HUNDRED));
    }
    return new Figure(value.movePointLeft(3).doubleValue(), n, null);
  }

  static @Nullable BigDecimal quotient(BigDecimal above, BigDecimal below) {
    return below.signum() == 0 ? null : above.divide(below, MathContext.DECIMAL64);
  }

  static Figure told(@Nullable BigDecimal value, long n, @Nullable Interval interval) {
    return new Figure(value == null ? null : (Double) value.doubleValue(), n, interval);
  }
}
