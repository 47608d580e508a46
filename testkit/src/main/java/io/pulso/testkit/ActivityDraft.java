package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An activity in the making; amounts are in points and units.
public final class ActivityDraft {
  private final String name;
  private final String match;
  private Unit unit = new Unit.Occurrences();
  private long points;
  private long weight;
  private long target;
  private @Nullable Long perDay;
  private @Nullable Long perWindow;
  private @Nullable Long perPerson;
  private @Nullable String group;
  private @Nullable Integer window;
  private @Nullable Decay decay;
  private Activity.Per per = Activity.Per.ACCOUNT;

  ActivityDraft(String name, String match) {
    this.name = name;
    this.match = match;
  }

  public ActivityDraft points(double amount) {
    points = Samples.milli(amount);
    return this;
  }

  public ActivityDraft weight(double amount, double target) {
    this.weight = Samples.milli(amount);
    this.target = Samples.milli(target);
    return this;
  }

  /// The number found at `value` or at a path such as `properties.minutes`.
  public ActivityDraft number(String place) {
    unit = new Unit.Numeric(path(place));
    return this;
  }

  public ActivityDraft distinct(String place) {
    unit = new Unit.Distinct(path(place));
    return this;
  }

  public ActivityDraft perDay(double units) {
    perDay = Samples.milli(units);
    return this;
  }

  public ActivityDraft perWindow(double units) {
    perWindow = Samples.milli(units);
    return this;
  }

  public ActivityDraft perPerson(double units) {
    perPerson = Samples.milli(units);
    return this;
  }

  public ActivityDraft group(String name) {
    group = name;
    return this;
  }

  public ActivityDraft window(int days) {
    window = days;
    return this;
  }

  public ActivityDraft halfLife(int days) {
    decay = new Decay.HalfLife(days);
    return this;
  }

  public ActivityDraft linear(int days) {
    decay = new Decay.Linear(days);
    return this;
  }

  public ActivityDraft undecayed() {
    decay = new Decay.None();
    return this;
  }

  public ActivityDraft per(Activity.Per divisor) {
    per = divisor;
    return this;
  }

  private static Path path(String place) {
    List<String> words = Arrays.asList(place.split("\\."));
    Path.Root root = Path.Root.valueOf(words.getFirst().toUpperCase(Locale.ROOT));
    return new Path(
        root, words.stream().skip(1).map(word -> (Path.Step) new Path.Step.Key(word)).toList());
  }

  Activity build(Model.Method method, int ofModel, Decay decayOfModel, int line) {
    Cel.Scope scope = method == Model.Method.FIT ? Cel.Scope.SUBJECT : Cel.Scope.EVENT;
    return new Activity(
        name,
        Texts.NONE,
        Cel.read(match, scope),
        unit,
        points,
        weight,
        target,
        new Activity.Caps(perDay, perWindow, perPerson),
        Activity.Expect.UNSTATED,
        null,
        group,
        window == null ? ofModel : window,
        decay == null ? decayOfModel : decay,
        per,
        line);
  }
}
