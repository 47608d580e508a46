package io.pulso.server.api;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Survival;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Courses;
import io.pulso.server.journey.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who left and how long they stay, as JSON.
public final class SurvivalAnswer {
  private SurvivalAnswer() {}

  /// Groups of them.
  ///
  /// @param by what groups are told by; null for everybody together, who is one group
  public static Json.Obj json(Model.Subject per, @Nullable String by, List<Tenure.Group> groups) {
    return new Answer()
        .put("per", per.name().toLowerCase(Locale.ROOT))
        .put("by", by == null ? new Json.Null() : new Json.Str(by))
        .objects("groups", groups, group -> group(group, by != null))
        .json();
  }

  private static Answer group(Tenure.Group group, boolean some) {
    Stays.Stay commercial = group.commercial();
    return new Answer()
        .put("group", some ? new Json.Str(group.name()) : new Json.Null())
        .put("commercial", commercial == null ? new Json.Null() : stay(commercial, some))
        .put("silent", stay(group.silent(), some))
        .put("lifetime", lifetime(group.lasting(), some));
  }

  /// @param some whether it is a group, of which rates are not told when it is small
  private static Json stay(Stays.Stay stay, boolean some) {
    boolean told = stay.start() >= (some ? Courses.LEAST : 1);
    return new Answer()
        .day("from", stay.period().first())
        .day("to", stay.period().last())
        .put("start", stay.start())
        .put("lost", stay.lost())
        .put("new", stay.fresh())
        .put("resurrected", stay.resurrected())
        .put("end", stay.end())
        .put("churn_rate", told ? percent(stay.lost(), stay.start()) : new Json.Null())
        .put(
            "churn_rate_interval",
            told && stay.lost() == stay.lostOfStart()
                ? interval(Interval.wilson(stay.lost(), stay.start()))
                : new Json.Null())
        .put("retention_rate", told ? percent(stay.kept(), stay.start()) : new Json.Null())
        .json();
  }

  private static Json percent(long some, long all) {
    return new Json.Num(some * 100.0 / all);
  }

  private static Json interval(Interval interval) {
    return new Json.Arr(
        List.of(new Json.Num(interval.low() * 100), new Json.Num(interval.high() * 100)));
  }

  private static Json lifetime(Survival lasting, boolean some) {
    boolean told = lasting.size() >= (some ? Courses.LEAST : 1);
    List<Json> course = new ArrayList<>();
    if (told) {
      course.add(point(0, 1));
      lasting.course((day, share) -> course.add(point(day, share)));
    }
    return new Answer()
        .put("n", lasting.size())
        .put("ended", lasting.ended())
        .put("median_days", told ? number(lasting.quantile(0.5)) : new Json.Null())
        .put("mean_days", told ? number(lasting.mean()) : new Json.Null())
        .put("course", new Json.Arr(course))
        .json();
  }

  private static Json number(@Nullable Double number) {
    return number == null ? new Json.Null() : new Json.Num(number);
  }

  private static Json point(long day, double share) {
    return new Answer().put("day", day).put("percent", new Json.Num(share * 100)).json();
  }
}
