package io.pulso.engine.score;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Models for tests: a window of 30 days, no decay, the built-in bands.
final class Models {
  static final List<Band> POINT_BANDS =
      List.of(
          band("churn_risk", 0L, false),
          band("very_disengaged", 40_000L, true),
          band("somewhat_engaged", 70_000L, true),
          band("highly_engaged", 100_000L, true),
          band("power_user", null, false));

  static final List<Band> WEIGHTED_BANDS =
      List.of(
          band("very_disengaged", 40_000L, true),
          band("somewhat_engaged", 75_000L, true),
          band("highly_engaged", null, false));

  private Models() {}

  private static Band band(String id, @Nullable Long bound, boolean including) {
    return new Band(id, bound, including, Texts.NONE, Texts.NONE, Texts.NONE, null, false);
  }

  static ModelBuilder points() {
    return new ModelBuilder(Model.Method.POINTS);
  }

  static ModelBuilder weighted() {
    return new ModelBuilder(Model.Method.WEIGHTED);
  }

  static ModelBuilder fit() {
    return new ModelBuilder(Model.Method.FIT);
  }

  static ActivityBuilder activity(String name, long milliPoints) {
    return new ActivityBuilder(name, milliPoints);
  }

  static final class ModelBuilder {
    private final Model.Method method;
    private final List<Activity> activities = new ArrayList<>();
    private final List<Model.Group> groups = new ArrayList<>();
    private long base;
    private Model.@Nullable Range clamp;

    private ModelBuilder(Model.Method method) {
      this.method = method;
    }

    ModelBuilder with(ActivityBuilder... added) {
      for (ActivityBuilder activity : added) {
        activities.add(activity.build(method));
      }
      return this;
    }

    ModelBuilder base(long milliPoints) {
      base = milliPoints;
      return this;
    }

    ModelBuilder clamp(@Nullable Long min, @Nullable Long max) {
      clamp = new Model.Range(min, max);
      return this;
    }

    ModelBuilder group(String name, @Nullable Long min, @Nullable Long max) {
      groups.add(new Model.Group(name, Texts.NONE, new Model.Range(min, max)));
      return this;
    }

    Model model() {
      return new Model(
          "test",
          Texts.NONE,
          Model.Subject.CUSTOMER,
          null,
          0,
          method,
          30,
          new Decay.None(),
          base,
          clamp,
          groups,
          activities,
          method == Model.Method.WEIGHTED ? WEIGHTED_BANDS : POINT_BANDS,
          null,
          List.of(),
          "");
    }

    Plan plan() {
      return Plan.of(model());
    }
  }

  static final class ActivityBuilder {
    private final String name;
    private final long points;
    private long target;
    private Activity.Caps caps = Activity.Caps.NONE;
    private @Nullable String group;
    private int window = 30;
    private Decay decay = new Decay.None();
    private Unit unit = new Unit.Occurrences();

    private ActivityBuilder(String name, long points) {
      this.name = name;
      this.points = points;
    }

    ActivityBuilder target(long milliUnits) {
      target = milliUnits;
      return this;
    }

    ActivityBuilder caps(@Nullable Long perDay, @Nullable Long perWindow) {
      caps = new Activity.Caps(perDay, perWindow, null);
      return this;
    }

    ActivityBuilder group(@Nullable String name) {
      group = name;
      return this;
    }

    ActivityBuilder window(int days) {
      window = days;
      return this;
    }

    ActivityBuilder decay(Decay how) {
      decay = how;
      return this;
    }

    ActivityBuilder numeric() {
      unit = new Unit.Numeric(new Path(Path.Root.VALUE, List.of()));
      return this;
    }

    private Activity build(Model.Method method) {
      boolean weighted = method == Model.Method.WEIGHTED;
      return new Activity(
          name,
          Texts.NONE,
          new Expression("true", new Condition.Constant(true)),
          unit,
          weighted ? 0 : points,
          weighted ? points : 0,
          weighted ? target : 0,
          caps,
          Activity.Expect.UNSTATED,
          null,
          group,
          window,
          decay,
          Activity.Per.ACCOUNT,
          1);
    }
  }
}
