package io.pulso.server.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.EventPoints;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.store.MatchedEvent;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What single events of a subject are worth, about: the units that each adds to its day, in the
/// order (occurred_at, messageId), at the factor and points of the day asked. These need not add up
/// to the score.
public final class EventWorth {
  public static final EventWorth NONE = new EventWorth(Map.of());

  private final Map<Event, List<Worth>> found;

  private EventWorth(Map<Event, List<Worth>> found) {
    this.found = found;
  }

  private record Event(long occurredAt, String messageId) {}

  private record Day(int activity, int day) {}

  /// What an event is worth to an activity that it matches.
  ///
  /// @param points milli-points
  /// @param uncounted why it adds nothing, or less than it says
  public record Worth(String activity, long points, @Nullable Uncounted uncounted) {}

  /// Of the events of some days, both included.
  ///
  /// @param asOf the day whose score is meant
  public static EventWorth of(View view, Model model, Individual who, int from, int to, int asOf) {
    if (view.objectedAt(who.kind(), who.number()) != null) {
      return NONE;
    }
    Plan plan = Plan.of(model);
    Map<Event, List<Worth>> found = new HashMap<>();
    Map<Day, DayTally> tallies = new HashMap<>();
    List<MatchedEvent> matched = view.events(model, who.number(), from, to);
    Divisors divisors = Divisors.of(view, model, who, from, to);
    for (MatchedEvent event : matched.reversed()) {
      Activity activity = model.activities().get(event.activity());
      DayTally tally =
          tallies.computeIfAbsent(
              new Day(event.activity(), event.day()),
              day -> new DayTally(activity, divisors.on(activity, day.day())));
      long before = tally.total();
      tally.add(event);
      long points =
          EventPoints.of(plan, event.activity(), asOf)
              .of(event.day(), before, tally.total() - before);
      found
          .computeIfAbsent(
              new Event(event.occurredAt(), event.messageId()), one -> new ArrayList<>())
          .add(new Worth(plan.activity(event.activity()), points, event.uncounted()));
    }
    return new EventWorth(found);
  }

  /// What one event is worth, by activity.
  public List<Worth> of(long occurredAt, String messageId) {
    return found.getOrDefault(new Event(occurredAt, messageId), List.of());
  }
}
