package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.server.store.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What metrics count in sessions.
final class SessionCells {
  private final View view;

  SessionCells(View view) {
    this.view = view;
  }

  Map<Place, Cell> count(
      Measure.Sessions sessions, Every every, List<Period> periods, @Nullable Path by) {
    return view.sessions().count(sessions.fact(), sessions.who(), every, periods, by);
  }
}
