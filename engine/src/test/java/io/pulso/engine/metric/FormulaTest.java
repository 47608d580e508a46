package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Texts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Values and intervals that can be checked by hand or in the papers that they come from.
class FormulaTest {
  private static final Select ALL =
      new Select(Cel.read("true", Cel.Scope.EVENT), Select.Who.ANYBODY);
  private static final Path VALUE = new Path(Path.Root.VALUE, List.of());
  private static final Measure.Numbers NUMBERS = new Measure.Numbers(ALL, VALUE, true);
  private static final Measure.Events EVENTS = new Measure.Events(ALL);
  private static final Measure.Customers CUSTOMERS = new Measure.Customers(ALL);

  @Test
  void a_net_promoter_score_is_promoters_less_detractors() {
    Figure figure =
        answers(new Measure.Nps(NUMBERS), Map.of(10L, 40L, 9L, 30L, 7L, 24L, 6L, 4L, 0L, 2L));
    assertThat(figure.value()).isEqualTo(64);
    assertThat(figure.n()).isEqualTo(100);
  }

  @Test
  void a_net_promoter_score_of_nine_answers_is_not_told() {
    Figure figure = answers(new Measure.Nps(NUMBERS), Map.of(10L, 9L));
    assertThat(figure).isEqualTo(new Figure(null, 9, null));
    assertThat(answers(new Measure.Nps(NUMBERS), Map.of(10L, 10L)).value()).isEqualTo(100);
  }

  @Test
  void satisfaction_is_the_share_of_four_and_five() {
    Figure figure = answers(new Measure.AtLeast(NUMBERS, 4_000), Map.of(5L, 3L, 4L, 4L, 3L, 5L));
    assertThat(figure.value()).isCloseTo(58.333333333333336, within(1e-12));
  }

  @Test
  void effort_is_the_mean_of_answers() {
    Figure figure = answers(new Measure.Mean(NUMBERS), Map.of(2L, 1L, 4L, 1L, 5L, 1L));
    assertThat(figure.value()).isCloseTo(11.0 / 3, within(1e-12));
  }

  @Test
  void percentiles_lie_between_two_numbers() {
    Map<Long, Long> numbers = Map.of(1L, 1L, 2L, 1L, 4L, 1L, 10L, 1L);
    assertThat(answers(new Measure.Percentile(NUMBERS, 50), numbers).value()).isEqualTo(3);
    assertThat(answers(new Measure.Percentile(NUMBERS, 90), numbers).value())
        .isCloseTo(8.2, within(1e-12));
    assertThat(answers(new Measure.Percentile(NUMBERS, 90), Map.of(7L, 1L)).value()).isEqualTo(7);
  }

  @Test
  void nothing_to_divide_by_has_no_value() {
    assertThat(Formula.figure(metric(new Measure.Ratio(EVENTS, CUSTOMERS)), ignored -> Cell.NONE))
        .isEqualTo(new Figure(null, 0, null));
    assertThat(answers(new Measure.Mean(NUMBERS), Map.of()).value()).isNull();
    assertThat(answers(new Measure.Percentile(NUMBERS, 50), Map.of()).value()).isNull();
    assertThat(answers(new Measure.AtLeast(NUMBERS, 4_000), Map.of()).value()).isNull();
  }

  @Test
  void a_share_of_customers_has_an_interval_and_is_told_in_percent() {
    Measure answered = new Measure.Customers(ALL);
    Measure asked =
        new Measure.Customers(
            new Select(Cel.read("value > 1", Cel.Scope.EVENT), Select.Who.ANYBODY));
    Figure figure =
        Formula.figure(
            metric(new Measure.Ratio(answered, asked)),
            measure -> Cell.count(measure.equals(answered) ? 81 : 263));
    assertThat(figure.value()).isCloseTo(30.798479, within(1e-6));
    Interval interval = Objects.requireNonNull(figure.interval());
    // 0.2553 to 0.3662: Newcombe 1998, Statistics in Medicine 17, 857-872, table I.
    assertThat(interval.low()).isCloseTo(25.53, within(0.005));
    assertThat(interval.high()).isCloseTo(36.62, within(0.005));
  }

  @Test
  void sums_are_exact() {
    Measure.Total total = new Measure.Total(ALL, VALUE);
    Figure figure =
        Formula.figure(
            metric(
                new Measure.Difference(
                    total, new Measure.Total(ALL, new Path(Path.Root.NAME, List.of())))),
            measure -> Cell.sum(3, new BigDecimal(measure.equals(total) ? "0.3" : "0.1")));
    assertThat(figure.value()).isEqualTo(0.2);
  }

  private static Figure answers(Measure measure, Map<Long, Long> often) {
    Frequencies.Builder numbers = Frequencies.builder();
    often.forEach((number, times) -> numbers.add(number * 1000, times));
    return Formula.figure(metric(measure), ignored -> Cell.of(numbers.build()));
  }

  private static Metric metric(Measure measure) {
    return new Metric(
        "m", Texts.NONE, Texts.NONE, Metric.Kind.PERCENT, Metric.Direction.UP, measure, null, null);
  }
}
