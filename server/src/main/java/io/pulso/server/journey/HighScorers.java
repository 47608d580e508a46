package io.pulso.server.journey;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.journey.Contrast;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Rosters;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What customers in engaged bands do oftener than other active ones.
///
/// @param day of the bands: the one after the period, today at the latest
/// @param use whose bands they are; null where no model scores customers
/// @param high how many are in bands that count as engaged, or in the highest where none does
/// @param low how many others were active
/// @param lines empty where too few are on either side
public record HighScorers(
    Period period, int day, @Nullable InUse use, long high, long low, List<Contrast> lines) {
  /// With fewer on either side nothing is compared.
  public static final int LEAST = 20;

  /// How the names of activities begin that are pages and screens.
  private static final Map<String, String> TYPES = Map.of("Page: ", "page", "Screen: ", "screen");

  public HighScorers {
    lines = List.copyOf(lines);
  }

  /// Compares what they did in a period.
  public static HighScorers ask(
      View view, Crowds.InForce models, Rosters rosters, Period period, int today) {
    int day = Math.min(period.last() + 1, today);
    InUse use = models.on(Model.Subject.CUSTOMER, day);
    return ask(view, rosters.find(view, Model.Subject.CUSTOMER, use, day, false), period);
  }

  private static HighScorers ask(View view, Roster roster, Period period) {
    BitSet high = new BitSet();
    BitSet low = new BitSet();
    List<Band> bands = roster.use() == null ? List.of() : roster.use().model().bands();
    for (int row = 0; row < roster.size(); row++) {
      Band band = roster.band(row);
      if (band != null && roster.identified(row)) {
        if (isHigh(band, bands)) {
          high.set(roster.number(row));
        } else if (!roster.inactive(row)) {
          low.set(roster.number(row));
        }
      }
    }
    long highs = high.cardinality();
    long lows = low.cardinality();
    List<Contrast> lines =
        highs < LEAST || lows < LEAST
            ? List.of()
            : Contrast.family(counted(view, period, high, low), highs, lows);
    return new HighScorers(period, roster.day(), roster.use(), highs, lows, lines);
  }

  /// Whether a band counts as engaged: it is marked so, or is the highest where none is.
  public static boolean isHigh(Band band, List<Band> bands) {
    return bands.stream().anyMatch(Band::engaged) ? band.engaged() : band.equals(bands.getLast());
  }

  /// What somebody did who did an activity; null where it has no name.
  public static @Nullable Expression deed(String activity) {
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      if (activity.startsWith(type.getKey())) {
        String name = activity.substring(type.getKey().length());
        return name.isEmpty()
            ? null
            : match("type == \"%s\" && name == %s".formatted(type.getValue(), quoted(name)));
      }
    }
    return activity.isEmpty() ? null : match("event == " + quoted(activity));
  }

  private static String quoted(String text) {
    return JsonText.write(new Json.Str(text));
  }

  private static Expression match(String text) {
    try {
      return Cel.read(text, Cel.Scope.EVENT);
    } catch (ExpressionException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Contrast.Counted> counted(View view, Period period, BitSet high, BitSet low) {
    Journeys journeys = view.journeys();
    Map<Integer, long[]> counts = new LinkedHashMap<>();
    journeys.activities(
        period,
        (activity, subject) -> {
          int side = high.get(subject) ? 0 : low.get(subject) ? 1 : -1;
          if (side >= 0) {
            counts.computeIfAbsent(activity, ignored -> new long[2])[side]++;
          }
        });
    Map<Integer, String> names = journeys.activityNames();
    List<Contrast.Counted> counted = new ArrayList<>();
    counts.forEach((activity, n) ->
        counted.add(new Contrast.Counted(names.getOrDefault(activity, ""), n[0], n[1])));
    return counted;
  }
}
