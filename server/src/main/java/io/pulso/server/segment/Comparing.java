package io.pulso.server.segment;

import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Discoveries;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.segment.Segment;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.InUse;
import io.pulso.server.segment.Comparison.Family;
import io.pulso.server.segment.Comparison.Per;
import io.pulso.server.segment.Comparison.Row;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares two segments of customers on scores, metrics and activities.
public final class Comparing {
  private final View view;
  private final Question question;
  private final Crowds crowds;
  private final Crowd crowd;
  private final BitSet one;
  private final BitSet other;
  private final Columns columns;

  /// What is asked.
  ///
  /// @param metrics those on which they are compared
  /// @param among the numbers of those who may be told of; null for all
  /// @param today the local day that is not over yet
  public record Question(
      Segment one,
      Segment other,
      Period period,
      Collection<Metric> metrics,
      @Nullable BitSet among,
      int today) {}

  private Comparing(View view, Crowds.InForce models, Question question) {
    this.view = view;
    this.question = question;
    int day = Math.min(question.period().last(), question.today());
    this.crowds = new Crowds(view, Model.Subject.CUSTOMER, models, day, day);
    this.crowd = crowds.on(day);
    this.one = members(question.one());
    this.other = members(question.other());
    BitSet all = (BitSet) one.clone();
    all.or(other);
    this.columns = new Columns(all.stream().toArray(), one, other);
  }

  /// Compares them.
  public static Comparison of(View view, Crowds.InForce models, Question question) {
    for (Segment segment : List.of(question.one(), question.other())) {
      if (segment.of() != Model.Subject.CUSTOMER) {
        throw new InputException(
            "segments of customers can be compared; '%s' is one of accounts"
                .formatted(segment.name()));
      }
    }
    return new Comparing(view, models, question).compare();
  }

  private BitSet members(Segment segment) {
    BitSet members = Memberships.numbers(view, crowd, segment);
    BitSet among = question.among();
    if (among != null) {
      members.and(among);
    }
    return members;
  }

  private Comparison compare() {
    columns.strata(strata());
    List<Row> rows = new ArrayList<>(scores());
    view.facts().alone(columns.all());
    MetricColumns metrics = new MetricColumns(view, question.period(), columns);
    for (Metric metric : question.metrics()) {
      Row row = metrics.row(metric);
      if (row != null) {
        rows.add(row);
      }
    }
    rows.addAll(activities());
    rows.removeIf(row -> isNothing(row.contrast()));
    BitSet both = (BitSet) one.clone();
    both.and(other);
    int tested = (int) rows.stream().filter(row -> row.contrast().p() != null).count();
    return new Comparison(
        question.period(),
        crowd.day(),
        new Comparison.Side(question.one(), one.cardinality()),
        new Comparison.Side(question.other(), other.cardinality()),
        both.cardinality(),
        judged(rows),
        tested);
  }

  /// Whether nobody of either has anything of it.
  private static boolean isNothing(Contrast of) {
    Double one = of.one();
    Double other = of.other();
    return (one == null || one == 0) && (other == null || other == 0);
  }

  /// Says of each row whether its difference is told, all rows being one family.
  private static List<Row> judged(List<Row> rows) {
    List<Double> p = new ArrayList<>();
    for (Row row : rows) {
      Double own = row.contrast().p();
      if (own != null) {
        p.add(own);
      }
    }
    boolean[] told = Discoveries.of(p);
    List<Row> judged = new ArrayList<>();
    int at = 0;
    for (Row row : rows) {
      Boolean differs = row.contrast().p() == null ? null : (Boolean) told[at++];
      judged.add(
          new Row(
              row.family(),
              row.id(),
              row.title(),
              row.kind(),
              row.per(),
              row.direction(),
              row.contrast(),
              differs));
    }
    return judged;
  }

  /// The strata: plan and how long somebody has been there.
  private int[] strata() {
    int[] strata = new int[columns.size()];
    int stratum = 0;
    for (BitSet members : Strata.of(view, columns.all(), crowd.day()).values()) {
      int number = stratum++;
      members.stream().forEach(member -> strata[columns.place(member)] = number);
    }
    return strata;
  }

  private List<Row> scores() {
    double[] score = new double[columns.size()];
    double[] engaged = new double[columns.size()];
    double[] has = new double[columns.size()];
    for (int row = 0; row < crowd.size(); row++) {
      int place = columns.place(crowd.number(row));
      Long milli = crowd.score(row);
      if (place >= 0 && milli != null) {
        has[place] = 1;
        score[place] = milli / 1000.0;
        var band = crowd.band(row);
        engaged[place] = band != null && band.engaged() ? 1 : 0;
      }
    }
    return List.of(
        row("score.mean", Metric.Kind.SCORE, columns.contrast(score, has, false)),
        row(
            "score.engaged_share",
            Metric.Kind.PERCENT,
            columns.contrast(engaged, has, true).times(100)));
  }

  private Row row(String id, Metric.Kind kind, Contrast contrast) {
    Texts title =
        question.metrics().stream()
            .filter(metric -> metric.id().equals(id))
            .map(Metric::title)
            .findFirst()
            .orElse(Texts.NONE);
    return new Row(
        Family.SCORES, id, title, kind, Per.SEGMENT, Metric.Direction.UP, contrast, null);
  }

  /// How often customers did what the model's activities count, without caps.
  private List<Row> activities() {
    InUse use = crowds.use(crowd.day());
    if (use == null || use.model().method() == Model.Method.FIT) {
      return List.of();
    }
    Period period = question.period();
    List<RollUp> units = view.units(use.model(), crowds.span(), period.first(), period.last());
    List<Row> rows = new ArrayList<>();
    double[] ones = columns.ones();
    for (int i = 0; i < units.size(); i++) {
      Activity activity = use.model().activities().get(i);
      double[] above = new double[columns.size()];
      RollUp of = units.get(i);
      for (int place = 0; place < above.length; place++) {
        above[place] = sum(of, columns.number(place), period);
      }
      rows.add(
          new Row(
              Family.ACTIVITIES,
              activity.name(),
              activity.title(),
              Metric.Kind.NUMBER,
              Per.CUSTOMER,
              Metric.Direction.NEITHER,
              columns.contrast(above, ones, false),
              null));
    }
    return rows;
  }

  private static double sum(RollUp units, int number, Period period) {
    long milli = 0;
    if (number < units.subjects()) {
      for (int row = units.from(number); row < units.to(number); row++) {
        boolean within = units.day(row) >= period.first() && units.day(row) <= period.last();
        milli += within ? units.units(row) : 0;
      }
    }
    return milli / 1000.0;
  }
}
