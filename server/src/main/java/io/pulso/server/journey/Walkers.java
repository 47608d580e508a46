package io.pulso.server.journey;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.Step;
import io.pulso.server.store.SessionSteps;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who went some way in sessions.
final class Walkers {
  private Walkers() {}

  /// The numbers of those with a session that starts in a period and has some steps right after
  /// each other. A step that follows itself is one step.
  static BitSet took(View view, Period period, Select.Who who, List<Step> way) {
    SessionSteps steps = view.sessions().steps();
    BitSet found = new BitSet();
    steps.read(
        period,
        who,
        (subject, of, length) -> {
          if (!found.get(subject) && has(steps, of, length, way)) {
            found.set(subject);
          }
        });
    return found;
  }

  private static boolean has(SessionSteps steps, int[] of, int length, List<Step> way) {
    int[] plain = new int[length];
    int n = 0;
    for (int i = 0; i < length; i++) {
      if (n == 0 || plain[n - 1] != of[i]) {
        plain[n++] = of[i];
      }
    }
    for (int from = 0; from + way.size() <= n; from++) {
      int same = 0;
      while (same < way.size() && steps.step(plain[from + same]).equals(way.get(same))) {
        same++;
      }
      if (same == way.size()) {
        return true;
      }
    }
    return false;
  }

  /// The numbers of those with a session that starts in a period and has a page as its first one,
  /// or as its last.
  static BitSet edge(View view, Period period, Select.Who who, String page, boolean last) {
    SessionSteps steps = view.sessions().steps();
    BitSet found = new BitSet();
    steps.read(
        period,
        who,
        (subject, of, length) -> {
          Step edge = edge(steps, of, length, last);
          if (edge != null && edge.text().equals(page)) {
            found.set(subject);
          }
        });
    return found;
  }

  private static @Nullable Step edge(SessionSteps steps, int[] of, int length, boolean last) {
    for (int i = 0; i < length; i++) {
      Step step = steps.step(of[last ? length - 1 - i : i]);
      if (step.type() == Step.Type.PAGE) {
        return step;
      }
    }
    return null;
  }
}
