package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.SourceRhythm;
import io.pulso.server.store.View;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of what a score is made of comes from sources that still send: the share of the model's
/// matched events of the last 28 days whose sources are not silent. A silent source is not a silent
/// customer.
///
/// @param now the instant at which sources are silent or not, in microseconds
public record Coverage(long now, List<Source> sources) {
  public static final int DAYS = 28;

  private static final long LEAST = micros(Duration.ofHours(1));
  private static final long MOST = micros(Duration.ofDays(3));
  private static final int GAPS = 3;

  public Coverage {
    sources = List.copyOf(sources);
  }

  /// One source.
  ///
  /// @param silentAfter how long it may send nothing, in microseconds
  public record Source(SourceRhythm rhythm, long silentAfter, boolean silent) {}

  /// Looks at the end of a day, or at the present while the day lasts.
  ///
  /// @param clock the present instant, in microseconds
  public static Coverage of(View view, Model model, int asOf, LocalDays days, long clock) {
    long now = Math.min(clock, days.start(asOf + 1) - 1);
    return new Coverage(
        now,
        view.rhythms(model, asOf - DAYS + 1, asOf, now).stream()
            .map(rhythm -> source(rhythm, now))
            .toList());
  }

  private static Source source(SourceRhythm rhythm, long now) {
    long silentAfter = Math.clamp(GAPS * rhythm.longestGap(), LEAST, MOST);
    Long last = rhythm.last();
    return new Source(rhythm, silentAfter, last == null || now - last > silentAfter);
  }

  private static long micros(Duration of) {
    return of.toNanos() / 1000;
  }

  /// How many events of the last 28 days the model matches.
  public long matched() {
    return sources.stream().mapToLong(source -> source.rhythm().matched()).sum();
  }

  /// The share in thousandths, rounded down so that only everything is 1; null where the model
  /// matches no event.
  public @Nullable Long share() {
    long matched = matched();
    long covered =
        sources.stream()
            .filter(source -> !source.silent())
            .mapToLong(source -> source.rhythm().matched())
            .sum();
    return matched == 0 ? null : (Long) (covered * 1000 / matched);
  }

  /// Whether some of it came from sources that are silent now.
  public boolean isLow() {
    Long share = share();
    return share != null && share < 1000;
  }

  /// The names of silent sources that sent events of the model.
  public List<String> silent() {
    return sources.stream()
        .filter(source -> source.silent() && source.rhythm().matched() > 0)
        .map(source -> source.rhythm().source())
        .toList();
  }
}
