package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.metric.By;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The customers of a workspace as metrics see them: who has which score, band and segments on a
/// day.
public final class Audience {
  private final View view;
  private final Crowds.InForce models;
  private final Supplier<Map<String, Segment>> segments;

  /// @param models those whose scores lists show
  /// @param segments those that parts may be, by name
  public Audience(View view, Crowds.InForce models, Supplier<Map<String, Segment>> segments) {
    this.view = view;
    this.models = models;
    this.segments = segments;
  }

  /// Customers on each of some days, both included.
  Crowds crowds(int first, int last) {
    return new Crowds(view, Model.Subject.CUSTOMER, models, first, last);
  }

  /// The numbers of those in each band, or in each segment, at the end of a day.
  public Map<String, BitSet> groups(Path by, int day) {
    Crowd crowd = crowds(day, day).on(day);
    return by.equals(new Standing.Word("band").path()) ? bands(crowd) : segments(crowd);
  }

  /// As [#groups] of each day.
  ///
  /// @param by `band` or `segment`; null for no groups
  public @Nullable IntFunction<Map<String, BitSet>> groups(@Nullable String by) {
    Path path = by == null ? null : By.read(by);
    return path == null ? null : day -> groups(path, day);
  }

  /// The numbers of the accounts in each band at the end of a day.
  public Map<String, BitSet> accountBands(int day) {
    return bands(new Crowds(view, Model.Subject.ACCOUNT, models, day, day).on(day));
  }

  private static Map<String, BitSet> bands(Crowd crowd) {
    Map<String, BitSet> bands = new LinkedHashMap<>();
    for (int row = 0; row < crowd.size(); row++) {
      Band band = crowd.band(row);
      if (band != null) {
        bands.computeIfAbsent(band.id(), id -> new BitSet()).set(crowd.number(row));
      }
    }
    return bands;
  }

  private Map<String, BitSet> segments(Crowd crowd) {
    Map<String, BitSet> found = new LinkedHashMap<>();
    segments
        .get()
        .forEach((name, segment) -> {
          if (segment.of() == Model.Subject.CUSTOMER) {
            found.put(name, Memberships.numbers(view, crowd, segment));
          }
        });
    return found;
  }
}
