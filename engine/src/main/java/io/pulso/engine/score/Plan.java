package io.pulso.engine.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model made ready for arithmetic: factor tables, caps, groups by place, bands.
public final class Plan {
  /// A score beyond this many milli-points, either way, is unavailable.
  public static final long GREATEST_SCORE = 1_000_000_000_000_000L;

  private final Model model;
  private final Bands bands;
  final List<Term> terms;
  final List<Bound> groups;
  final Bound clamp;

  private Plan(Model model) {
    this.model = model;
    this.bands = Bands.of(model);
    this.terms = model.activities().stream().map(this::term).toList();
    this.groups = model.groups().stream().map(group -> Bound.of(group.cap())).toList();
    this.clamp = model.method() == Model.Method.WEIGHTED ? Bound.WEIGHTED : Bound.of(model.clamp());
  }

  public static Plan of(Model model) {
    return new Plan(model);
  }

  private Term term(Activity activity) {
    return new Term(model, activity, group(activity));
  }

  private int group(Activity activity) {
    if (activity.group() == null) {
      return -1;
    }
    for (int i = 0; i < model.groups().size(); i++) {
      if (model.groups().get(i).name().equals(activity.group())) {
        return i;
      }
    }
    throw new IllegalArgumentException("no group '%s'".formatted(activity.group()));
  }

  public Model model() {
    return model;
  }

  public Bands bands() {
    return bands;
  }

  public int activities() {
    return terms.size();
  }

  public String activity(int index) {
    return terms.get(index).name;
  }

  String group(int index) {
    return model.groups().get(index).name();
  }

  /// The place of an activity, or -1.
  public int indexOf(String activity) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).name.equals(activity)) {
        return i;
      }
    }
    return -1;
  }

  /// What decay leaves on a day of an activity's unit of another day, in parts per million; 0 where
  /// that is out of its window.
  public long factor(int activity, int day, int asOf) {
    return terms.get(activity).factor(day, asOf);
  }

  /// Whole days back, the as-of day included, that any score looks at.
  public int widestWindow() {
    return terms.stream().mapToInt(term -> term.window).max().orElse(1);
  }

  /// The greatest number that base and bounds add to a sum on their own.
  long reach() {
    return Stream.concat(groups.stream(), Stream.of(clamp, new Bound(model.base(), model.base())))
        .mapToLong(Bound::reach)
        .max()
        .orElse(0);
  }

  void check(List<?> units) {
    Objects.checkFromToIndex(0, terms.size(), units.size());
    if (units.size() != terms.size()) {
      throw new IllegalArgumentException(
          "%d activities but units of %d".formatted(terms.size(), units.size()));
    }
  }

  /// The least and the greatest milli-points; missing ones bind nothing.
  record Bound(long min, long max) {
    static final Bound WEIGHTED = new Bound(0, 100_000);

    static Bound of(Model.@Nullable Range range) {
      Long min = range == null ? null : range.min();
      Long max = range == null ? null : range.max();
      return new Bound(min == null ? Long.MIN_VALUE : min, max == null ? Long.MAX_VALUE : max);
    }

    long cut(long points) {
      return Math.min(Math.max(points, min), max);
    }

    /// How far from zero this can move a sum.
    private long reach() {
      long up = min == Long.MIN_VALUE ? 0 : min;
      long down = max == Long.MAX_VALUE ? 0 : max;
      return Math.max(Math.max(up, 0), Math.max(-down, 0));
    }
  }
}
