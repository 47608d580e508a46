package io.pulso.server.segment;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.server.segment.Comparison.Family;
import io.pulso.server.segment.Comparison.Per;
import io.pulso.server.segment.Comparison.Row;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each customer of two segments adds to a metric, above and below the line.
final class MetricColumns {
  private static final long PROMOTER = 9_000;
  private static final long DETRACTOR = 6_000;

  private final View view;
  private final Period period;
  private final Columns columns;

  /// Counted leaves: metrics share them.
  private final Map<Measure, double[]> counted = new HashMap<>();

  MetricColumns(View view, Period period, Columns columns) {
    this.view = view;
    this.period = period;
    this.columns = columns;
  }

  /// The metric in both segments; null where it is not one of single customers.
  @Nullable Row row(Metric metric) {
    Measure measure = metric.measure();
    if (isOfOthers(measure) || !isCounted(measure)) {
      return null;
    }
    return switch (measure) {
      case Measure.Ratio(Measure over, Measure per) -> {
        boolean share = isOnce(over) && isOnce(per);
        Contrast contrast =
            columns.contrast(amount(over), amount(per), share && isWithin(over, per));
        yield told(
            metric,
            Per.SEGMENT,
            metric.kind() == Metric.Kind.PERCENT ? contrast.times(100) : contrast);
      }
      case Measure.Mean(Measure.Numbers of) -> {
        Answers answers = new Answers(of, (number, n) -> number / 1000.0 * n);
        yield told(metric, Per.SEGMENT, columns.contrast(answers.above, answers.below, false));
      }
      case Measure.AtLeast(Measure.Numbers of, long bound) -> {
        Answers answers = new Answers(of, (number, n) -> number >= bound ? n : 0);
        yield told(
            metric,
            Per.SEGMENT,
            columns.contrast(answers.above, answers.below, of.latest()).times(100));
      }
      case Measure.Nps(Measure.Numbers of) -> {
        Answers answers =
            new Answers(of, (number, n) -> number >= PROMOTER ? n : number <= DETRACTOR ? -n : 0);
        yield told(
            metric,
            Per.SEGMENT,
            few(columns.contrast(answers.above, answers.below, false).times(100)));
      }
      case Measure.Percentile(Measure.Numbers of, int percent) -> values(metric, of);
      case Measure.Customers _, Measure.Repeaters _, Measure.Active _ ->
          told(
              metric,
              Per.SHARE,
              columns.contrast(amount(measure), columns.ones(), true).times(100));
      case Measure.Events _,
          Measure.Distinct _,
          Measure.Total _,
          Measure.Sum _,
          Measure.Difference _ ->
          told(metric, Per.CUSTOMER, columns.contrast(amount(measure), columns.ones(), false));
      case Measure.Unique _ ->
          told(metric, Per.CUSTOMER, columns.contrast(amount(measure), columns.ones(), false));
      case Measure.Numbers _,
          Measure.Machines _,
          Measure.MeanOf _,
          Measure.Chain _,
          Measure.Sessions _,
          Measure.Accounts _,
          Measure.Stickiness _,
          Measure.Course _,
          Measure.Standing _ ->
          null;
    };
  }

  /// Without the values that metrics do not tell either.
  private static Contrast few(Contrast of) {
    return new Contrast(
        of.nOne() < Formula.LEAST_ANSWERS ? null : of.one(),
        of.nOne(),
        of.nOther() < Formula.LEAST_ANSWERS ? null : of.other(),
        of.nOther(),
        of.difference(),
        of.interval(),
        of.p(),
        of.standardised());
  }

  private static Row told(Metric metric, Per per, Contrast contrast) {
    return new Row(
        Family.METRICS,
        metric.id(),
        metric.title(),
        metric.kind(),
        per,
        metric.direction(),
        contrast,
        null);
  }

  /// Whether it is one of anonymous visitors, who are in no segment.
  private static boolean isOfOthers(Measure measure) {
    return Formula.counted(measure).stream()
        .anyMatch(each ->
            switch (each) {
              case Measure.Leaf leaf -> leaf.of().who() == Select.Who.ANONYMOUS;
              case Measure.Active(int days, Select.Who who) -> who == Select.Who.ANONYMOUS;
              default -> false;
            });
  }

  /// Whether everything it needs is counted in single events or days of one customer.
  private static boolean isCounted(Measure measure) {
    return Formula.counted(measure).stream()
        .allMatch(each ->
            switch (each) {
              case Measure.Machines _ -> false;
              case Measure.Leaf _, Measure.Active _ -> true;
              default -> false;
            });
  }

  private static boolean isOnce(Measure measure) {
    return measure instanceof Measure.Customers || measure instanceof Measure.Active;
  }

  /// Whether nobody is above the line without being below it.
  private boolean isWithin(Measure over, Measure per) {
    double[] above = amount(over);
    double[] below = amount(per);
    for (int place = 0; place < above.length; place++) {
      if (above[place] > below[place]) {
        return false;
      }
    }
    return true;
  }

  /// What each customer has of something that is counted or summed.
  private double[] amount(Measure measure) {
    double[] known = counted.get(measure);
    if (known != null) {
      return known;
    }
    double[] found =
        switch (measure) {
          case Measure.Sum(Measure one, Measure more) -> plus(amount(one), amount(more), 1);
          case Measure.Difference(Measure from, Measure less) ->
              plus(amount(from), amount(less), -1);
          case Measure.Active(int days, Select.Who who) -> active(days);
          case Measure.Leaf leaf -> leaf(leaf);
          case Measure.Mean _,
              Measure.Percentile _,
              Measure.Nps _,
              Measure.AtLeast _,
              Measure.Ratio _,
              Measure.MeanOf _,
              Measure.Chain _,
              Measure.Sessions _,
              Measure.Accounts _,
              Measure.Stickiness _,
              Measure.Course _,
              Measure.Standing _ ->
              throw new IllegalArgumentException("no amount: " + measure);
        };
    counted.put(measure, found);
    return found;
  }

  private static double[] plus(double[] one, double[] other, int sign) {
    double[] sum = new double[one.length];
    Arrays.setAll(sum, place -> one[place] + sign * other[place]);
    return sum;
  }

  private double[] leaf(Measure.Leaf leaf) {
    boolean summed = leaf instanceof Measure.Total;
    double[] found = new double[columns.size()];
    view.facts()
        .each(
            leaf,
            period,
            (customer, number, n, total) -> {
              int place = columns.place(customer);
              if (place >= 0) {
                found[place] += summed ? total / 1000 : n;
              }
            });
    return found;
  }

  /// Who had an active event within some days up to the end of the period.
  private double[] active(int days) {
    int span = view.members(Model.Subject.CUSTOMER).span();
    SubjectDays active =
        view.activeDays(Model.Subject.CUSTOMER, span, period.last() - days + 1, period.last());
    double[] found = new double[columns.size()];
    for (int place = 0; place < found.length; place++) {
      int number = columns.number(place);
      found[place] = number < span && !active.isEmpty(number) ? 1 : 0;
    }
    return found;
  }

  private interface Worth {
    double of(long number, long n);
  }

  /// What each customer answered.
  private final class Answers {
    private final double[] above = new double[columns.size()];
    private final double[] below = new double[columns.size()];

    Answers(Measure.Numbers of, Worth worth) {
      view.facts()
          .each(
              of,
              period,
              (customer, number, n, total) -> {
                int place = columns.place(customer);
                if (place >= 0) {
                  above[place] += worth.of(number, n);
                  below[place] += n;
                }
              });
    }
  }

  /// Percentiles have values alone.
  private Row values(Metric metric, Measure.Numbers of) {
    Frequencies.Builder one = Frequencies.builder();
    Frequencies.Builder other = Frequencies.builder();
    long[] people = new long[2];
    view.facts()
        .each(
            of,
            period,
            (customer, number, n, total) -> {
              int place = columns.place(customer);
              if (place >= 0 && columns.isIn(true, place)) {
                one.add(number, n);
                people[0] += n;
              }
              if (place >= 0 && columns.isIn(false, place)) {
                other.add(number, n);
                people[1] += n;
              }
            });
    Figure first = Formula.figure(metric, measure -> Cell.of(one.build()));
    Figure second = Formula.figure(metric, measure -> Cell.of(other.build()));
    return told(
        metric,
        Per.SEGMENT,
        new Contrast(first.value(), people[0], second.value(), people[1], null, null, null, null));
  }
}
