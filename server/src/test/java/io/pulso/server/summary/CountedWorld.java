package io.pulso.server.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.app.MetricFiles;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Told;
import io.pulso.server.score.Histories;
import io.pulso.server.score.Responses;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.Ownership;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;

/// A store whose days are counted, compared with the scores of every day.
final class CountedWorld {
  static final int DAYS = 15;
  private static final int WEEK = 7;

  private static final int THREADS = 2;
  private static final int ROUNDS = 60;

  private final Store store;
  private final ModelLine line;
  private final int today;
  private final ModelWork work;
  private long responsive;

  CountedWorld(Store store, ModelLine line, int today) {
    this.store = store;
    this.line = line;
    this.today = today;
    this.work = new ModelWork(line, today, DAYS);
  }

  /// Counts in the background as long as there is something to count.
  CountedWorld count() {
    try (View view = store.now()) {
      int rounds = 0;
      while (work.count(view, store.dailyCounts(), new Ownership(Map.of(), List.of()), THREADS)) {
        assertThat(rounds++).isLessThan(ROUNDS);
      }
    }
    return this;
  }

  /// How many who answered contacts were compared.
  long responsive() {
    return responsive;
  }

  Glance glance() {
    return work.glance();
  }

  /// The stored counts that claim to be right.
  private Map<Integer, DailyCounts.Scores> right() {
    DailyCounts counts = store.dailyCounts();
    CountedDays touches = counts.counted();
    Map<Integer, DailyCounts.Scores> found = new TreeMap<>();
    for (DailyCounts.Scores each : counts.scores(line.name(), today - DAYS)) {
      if (touches.holds(each.day(), each.revision())
          && each.hash().equals(line.on(each.day()).model().hash())) {
        found.put(each.day(), each);
      }
    }
    return found;
  }

  /// Compares those that claim to be right with the scores of each day.
  ///
  /// @return how many of them are of scored subjects
  int check() {
    Map<Integer, DailyCounts.Scores> right = right();
    int scored = 0;
    try (View view = store.now()) {
      Map<Integer, Truth> truth = truth(view);
      Responses responses = Responses.read(view, today - DAYS, today - 1);
      for (DailyCounts.Scores each : right.values()) {
        Truth expected = truth.getOrDefault(each.day(), new Truth());
        Model model = line.on(each.day()).model();
        assertThat(each.bands()).as("day %d", each.day()).isEqualTo(expected.bands(model));
        assertThat(each.unavailable()).isEqualTo(expected.unavailable);
        assertThat(each.scored()).isEqualTo(expected.scores.size());
        assertThat(each.median()).isEqualTo(expected.median());
        assertThat(each.total()).isEqualByComparingTo(expected.total());
        assertThat(each.active()).isEqualTo(expected.active(view, model, each.day()));
        if (line.subject() == Model.Subject.CUSTOMER) {
          long answered = expected.responsive(responses, each.day());
          assertThat(each.responsive()).as("answers on %d", each.day()).isEqualTo(answered);
          responsive += answered;
        }
        scored += each.scored();
      }
    }
    return scored;
  }

  /// Compares what metrics of scores tell, which take right days from what is stored.
  private void checkMetrics(View view, Map<Integer, Truth> truth) {
    Map<Integer, Double> means = told(view, "score.mean");
    Map<Integer, Double> medians = told(view, "score.median");
    Map<Integer, Double> shares = told(view, "score.engaged_share");
    Map<Integer, Double> engaged = told(view, "engagement_index.engaged");
    Map<Integer, Double> answered = told(view, "engagement_index.responsive");
    Responses responses = Responses.read(view, today - DAYS, today - 1);
    checkActive(view);
    for (int day = today - DAYS; day < today; day++) {
      Truth expected = truth.getOrDefault(day, new Truth());
      int n = expected.scores.size();
      if (n == 0) {
        assertThat(means).doesNotContainKey(day);
        continue;
      }
      assertThat(means.get(day))
          .as("mean of day %d", day)
          .isCloseTo(expected.total().doubleValue() / 1000 / n, Percentage.withPercentage(1e-10));
      assertThat(medians.get(day)).isEqualTo(expected.middle() / 2.0 / 1000);
      assertThat(shares.get(day)).isEqualTo(expected.engaged() * 100.0 / n);
      assertThat(engaged.get(day)).isCloseTo(expected.engaged() * 100.0 / n, within(0.1));
      assertThat(answered.get(day))
          .isCloseTo(expected.responsive(responses, day) * 100.0 / n, within(0.1));
    }
  }

  /// Compares daily and monthly active customers with the days of activity.
  private void checkActive(View view) {
    Period days = new Period(today - DAYS, today - 1);
    List<int[]> counts =
        view.activity().customers(Select.Who.IDENTIFIED, null, days, List.of(1, Active.MONTH));
    Map<Integer, Double> daily = told(view, "dau");
    Map<Integer, Double> monthly = told(view, "mau");
    long revision = store.dailyCounts().begin(today - 1);
    store
        .dailyCounts()
        .put(
            Model.Subject.CUSTOMER,
            new DayCounting(view, revision, THREADS)
                .active(Model.Subject.CUSTOMER, days.first(), days.last()));
    Map<Integer, Double> storedDaily = told(view, "dau", WEEK);
    Map<Integer, Double> storedMonthly = told(view, "mau", WEEK);
    for (int i = 0; i < DAYS; i++) {
      int day = days.first() + i;
      assertThat(daily.get(day)).as("active on day %d", day).isEqualTo(counts.get(0)[i]);
      assertThat(monthly.get(day)).as("active up to day %d", day).isEqualTo(counts.get(1)[i]);
      assertThat(storedDaily.getOrDefault(day, daily.get(day))).isEqualTo(counts.get(0)[i]);
      assertThat(storedMonthly.getOrDefault(day, monthly.get(day))).isEqualTo(counts.get(1)[i]);
    }
    assertThat(storedDaily).hasSize(WEEK);
  }

  private Map<Integer, Double> told(View view, String id) {
    return told(view, id, DAYS);
  }

  /// Of so many last days.
  private Map<Integer, Double> told(View view, String id, int length) {
    Metric metric = Objects.requireNonNull(MetricFiles.builtIn().get(id));
    Period days = new Period(today - length, today - 1);
    Asked asked = new Asked(metric, days, Every.DAY, null, DayOfWeek.MONDAY, today);
    Audience audience = new Audience(view, (kind, first, last) -> from(first), Map::of);
    Map<Integer, Double> values = new TreeMap<>();
    for (Told.Point point : Metrics.ask(view, asked, audience).series()) {
      Double value = point.figure().value();
      if (value != null) {
        values.put(point.period().first(), value);
      }
    }
    return values;
  }

  /// The versions in force from a day on, that of the first day on earlier ones too.
  private List<Histories.Period> from(int first) {
    List<Histories.Period> periods = new ArrayList<>(line.periods());
    Histories.Period begin = periods.removeFirst();
    periods.addFirst(
        new Histories.Period(begin.use(), Math.min(first, begin.first()), begin.last()));
    return periods;
  }

  /// All days are counted.
  void checkAll() {
    int first = Math.max(today - DAYS, store.dailyCounts().firstDay(line.subject()));
    assertThat(right().keySet().size()).isEqualTo(Math.max(0, today - first));
    assertThat(glance().stale()).isZero();
    check();
    if (line.subject() == Model.Subject.CUSTOMER) {
      try (View view = store.now()) {
        checkMetrics(view, truth(view));
      }
    }
  }

  private Map<Integer, Truth> truth(View view) {
    Map<Integer, Truth> found = new TreeMap<>();
    new Histories(view)
        .all(
            line.periods(),
            false,
            (id, day, score, band) ->
                found.computeIfAbsent(day, on -> new Truth()).add(view, line, id, score, band));
    return found;
  }

  /// What the scores of a day say, the slow way.
  private static final class Truth {
    private final List<Long> scores = new ArrayList<>();
    private final List<Band> inBands = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private final BitSet outside = new BitSet();
    private int unavailable;

    void add(View view, ModelLine line, String id, long score, @Nullable Band band) {
      int number = view.subject(line.subject(), id).orElseThrow();
      numbers.set(number);
      outside.set(number, band != null && !band.engaged());
      if (band == null) {
        unavailable++;
      } else {
        scores.add(score);
        inBands.add(band);
      }
    }

    List<Integer> bands(Model model) {
      return model.bands().stream().map(band -> Collections.frequency(inBands, band)).toList();
    }

    BigDecimal total() {
      return scores.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    long engaged() {
      return inBands.stream().filter(Band::engaged).count();
    }

    /// Twice the median.
    long middle() {
      Collections.sort(scores);
      int n = scores.size();
      return scores.get((n - 1) / 2) + scores.get(n / 2);
    }

    @Nullable Long median() {
      if (scores.isEmpty()) {
        return null;
      }
      long twice = middle();
      return twice >= 0 ? (twice + 1) / 2 : -((-twice + 1) / 2);
    }

    long responsive(Responses responses, int day) {
      return outside.stream().filter(number -> responses.isAnswered(number, day)).count();
    }

    int active(View view, Model model, int day) {
      BitSet active = view.active(model, day - model.window() + 1, day);
      active.and(numbers);
      return active.cardinality();
    }
  }
}
