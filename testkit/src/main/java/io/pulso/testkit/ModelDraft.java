package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A model in the making; amounts are in points.
public final class ModelDraft {
  private final String name;
  private Model.Subject subject = Model.Subject.CUSTOMER;
  private Model.Method method = Model.Method.POINTS;
  private @Nullable String appliesTo;
  private int window = 28;
  private Decay decay = new Decay.None();
  private long base;
  private Model.@Nullable Range clamp;
  private @Nullable List<Band> bands;
  private final List<Model.Group> groups = new ArrayList<>();
  private final List<ActivityDraft> activities = new ArrayList<>();

  ModelDraft(String name) {
    this.name = name;
  }

  public ModelDraft ofAccounts() {
    subject = Model.Subject.ACCOUNT;
    return this;
  }

  public ModelDraft weighted() {
    method = Model.Method.WEIGHTED;
    return this;
  }

  public ModelDraft fit() {
    method = Model.Method.FIT;
    return this;
  }

  public ModelDraft appliesTo(String cel) {
    appliesTo = cel;
    return this;
  }

  public ModelDraft window(int days) {
    window = days;
    return this;
  }

  public ModelDraft halfLife(int days) {
    decay = new Decay.HalfLife(days);
    return this;
  }

  public ModelDraft linear(int days) {
    decay = new Decay.Linear(days);
    return this;
  }

  public ModelDraft base(double points) {
    base = Samples.milli(points);
    return this;
  }

  public ModelDraft clamp(@Nullable Double min, @Nullable Double max) {
    clamp = range(min, max);
    return this;
  }

  public ModelDraft group(String group, @Nullable Double min, @Nullable Double max) {
    groups.add(new Model.Group(group, Texts.NONE, range(min, max)));
    return this;
  }

  private static Model.Range range(@Nullable Double min, @Nullable Double max) {
    return new Model.Range(
        min == null ? null : Samples.milli(min), max == null ? null : Samples.milli(max));
  }

  /// Bands of the model's own instead of the built-in set of its method.
  public ModelDraft bands(Band... own) {
    bands = List.of(own);
    return this;
  }

  public ModelDraft activity(String activity, String match, double points) {
    return activity(activity, match, each -> each.points(points));
  }

  public ModelDraft activity(String activity, String match, UnaryOperator<ActivityDraft> more) {
    activities.add(more.apply(new ActivityDraft(activity, match)));
    return this;
  }

  public Model build() {
    boolean weighted = method == Model.Method.WEIGHTED;
    return new Model(
        name,
        Texts.NONE,
        subject,
        appliesTo == null ? null : Cel.read(appliesTo, Cel.Scope.SUBJECT),
        0,
        method,
        window,
        decay,
        base,
        clamp,
        groups,
        IntStream.range(0, activities.size())
            .mapToObj(i -> activities.get(i).build(method, window, decay, i + 1))
            .toList(),
        bands != null ? bands : weighted ? Samples.WEIGHTED_BANDS : Samples.POINTS_BANDS,
        bands != null ? null : weighted ? "weighted" : "points",
        List.of(),
        name);
  }
}
