package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named definition of engagement, as its author wrote it with all defaults filled in.
///
/// Points, base and bounds are in milli-points, caps, goals and targets in milli-units.
///
/// @param appliesTo which subjects it scores; null for all
/// @param window trailing whole days, the as-of day included
/// @param bandsName the built-in set the bands come from, null for bands of the model's own
/// @param hash SHA-256 of the text it was read from, in hexadecimal
public record Model(
    String name,
    Texts title,
    Subject subject,
    @Nullable Expression appliesTo,
    int priority,
    Method method,
    int window,
    Decay decay,
    long base,
    @Nullable Range clamp,
    List<Group> groups,
    List<Activity> activities,
    List<Band> bands,
    @Nullable String bandsName,
    List<ModelTest> tests,
    String hash) {
  public Model {
    groups = List.copyOf(groups);
    activities = List.copyOf(activities);
    bands = List.copyOf(bands);
    tests = List.copyOf(tests);
  }

  public enum Subject {
    CUSTOMER,
    ACCOUNT
  }

  public enum Method {
    POINTS,
    WEIGHTED,
    FIT
  }

  /// Both bounds are included; a missing bound does not bind.
  public record Range(@Nullable Long min, @Nullable Long max) {}

  /// Activities whose contributions are added and then kept inside a range.
  public record Group(String name, Texts title, Range cap) {}

  /// The places of the bands that are marked as engaged.
  public BitSet engagedBands() {
    BitSet places = new BitSet();
    for (int place = 0; place < bands.size(); place++) {
      places.set(place, bands.get(place).engaged());
    }
    return places;
  }

  /// The widest window of any activity, in days.
  public int widestWindow() {
    return activities.stream().mapToInt(Activity::window).max().orElse(window);
  }
}
