package io.pulso.server.summary;

import io.pulso.engine.model.Model;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import java.util.ArrayList;
import java.util.List;

/// A model over some days: the version in force on each, one after another without a gap, up to
/// today.
public record ModelLine(List<Histories.Period> periods) {
  public ModelLine {
    periods = List.copyOf(periods);
  }

  /// The version that scores today.
  public InUse today() {
    return periods.getLast().use();
  }

  public String name() {
    return today().model().name();
  }

  public Model.Subject subject() {
    return today().model().subject();
  }

  /// The version in force on a day, that of the first day on earlier ones.
  public InUse on(int day) {
    for (Histories.Period period : periods) {
      if (day <= period.last()) {
        return period.use();
      }
    }
    return today();
  }

  /// The days on which another version came into force.
  public List<Integer> changes() {
    List<Integer> days = new ArrayList<>();
    periods.stream().skip(1).forEach(period -> days.add(period.first()));
    return days;
  }

  static boolean same(InUse one, InUse other) {
    return one.version().equals(other.version()) && one.model().hash().equals(other.model().hash());
  }
}
