package io.pulso.server.api;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Period;
import io.pulso.server.journey.FunnelAsked;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.RetentionTold;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Journeys as JSON.
public final class JourneyAnswer {
  private JourneyAnswer() {}

  /// What a funnel is.
  public static Json.Obj definition(Funnel funnel) {
    return described(funnel)
        .objects(
            "steps",
            funnel.steps(),
            step -> new Answer().put("title", title(step)).put("match", step.match().text()))
        .json();
  }

  private static Answer described(Funnel funnel) {
    return new Answer()
        .put("id", funnel.id())
        .put("title", funnel.title().in("en"))
        .put("window", FunnelReader.window(funnel.window()))
        .put("order", word(funnel.order()))
        .put("per", word(funnel.per()));
  }

  /// What a step is called, else what matches.
  public static String title(Funnel.Step step) {
    String title = step.title().in("en");
    return title == null ? step.match().text() : title;
  }

  private static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  public static Json.Obj json(FunnelTold told) {
    FunnelAsked asked = told.asked();
    Answer answer = described(asked.funnel());
    period(answer, asked.period());
    return counts(answer, asked.funnel(), told.whole())
        .objects(
            "by",
            told.parts(),
            part -> counts(new Answer().put("part", part.part()), asked.funnel(), part.counts()))
        .json();
  }

  private static void period(Answer answer, Period period) {
    answer.day("from", period.first()).day("to", period.last());
  }

  private static Answer counts(Answer answer, Funnel funnel, FunnelCounts counts) {
    answer
        .put("entered", counts.entered())
        .put("converted", counts.converted())
        .put("open", counts.open());
    share(answer, "conversion", counts.converted(), counts.entered());
    wait(answer, counts.whole());
    return answer.objects(
        "steps",
        IntStream.range(0, funnel.steps().size()).boxed().toList(),
        step -> step(funnel, counts, step));
  }

  private static Answer step(Funnel funnel, FunnelCounts counts, int step) {
    long n = counts.reached().get(step);
    Answer answer = new Answer().put("title", title(funnel.steps().get(step))).put("n", n);
    share(answer, "of_start", n, counts.entered());
    if (step > 0) {
      long before = counts.reached().get(step - 1);
      share(answer, "of_before", n, before);
      answer.put("dropped", before - n);
      wait(answer, counts.waits().get(step - 1));
    }
    return answer;
  }

  /// Percent with where the true value lies; null of nobody.
  private static void share(Answer answer, String name, long some, long all) {
    Interval interval = all == 0 ? null : Interval.wilson(some, all);
    answer
        .put(name, all == 0 ? new Json.Null() : new Json.Num(some * 100.0 / all))
        .put(name + "_interval", interval(interval));
  }

  private static Json interval(@Nullable Interval interval) {
    return interval == null
        ? new Json.Null()
        : new Json.Arr(
            List.of(new Json.Num(interval.low() * 100), new Json.Num(interval.high() * 100)));
  }

  private static void wait(Answer answer, FunnelCounts.Wait wait) {
    answer
        .put("median_seconds", number(wait.median()))
        .put("p90_seconds", number(wait.p90()))
        .put("median_seconds_of_finished", number(wait.medianOfFinished()))
        .put("finished", wait.finished());
  }

  private static Json number(@Nullable Double number) {
    return number == null ? new Json.Null() : new Json.Num(number);
  }

  public static Json.Obj json(RetentionTold told) {
    Answer answer =
        new Answer()
            .put("every", word(told.asked().every()))
            .put("per", word(told.asked().per()))
            .put("rolling", told.asked().rolling());
    return answer
        .objects("cohorts", told.cohorts(), JourneyAnswer::cohort)
        .objects("together", told.together(), JourneyAnswer::cell)
        .json();
  }

  private static Answer cohort(Retention.Cohort cohort) {
    Answer answer = new Answer();
    period(answer, cohort.period());
    return answer
        .put("size", cohort.size())
        .put("existing", cohort.existing())
        .objects("cells", cohort.cells(), JourneyAnswer::cell);
  }

  private static Answer cell(Retention.Cell cell) {
    Double share = cell.share();
    Long there = cell.there();
    return new Answer()
        .put("n", there == null ? new Json.Null() : new Json.Num(there))
        .put("of", cell.of())
        .put("percent", share == null ? new Json.Null() : new Json.Num(share * 100))
        .put("interval", interval(cell.interval()))
        .put("complete", cell.complete());
  }

  public static Json.Obj json(LifecycleAsked asked, List<Lifecycle.Stage> stages) {
    return new Answer()
        .put("every", word(asked.every()))
        .put("per", word(asked.per()))
        .objects("periods", stages, JourneyAnswer::stage)
        .json();
  }

  private static Answer stage(Lifecycle.Stage stage) {
    Answer answer = new Answer();
    period(answer, stage.period());
    return answer
        .put("active", stage.active())
        .put("new", stage.fresh())
        .put("returning", stage.returning())
        .put("resurrecting", stage.resurrecting())
        .put("dormant", stage.dormant())
        .put("existing", stage.existing())
        .put("complete", stage.complete());
  }
}
