package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.util.List;

/// What a server has counted of completed days, as far as it is still right.
public final class StoredCounts {
  private final Db db;

  StoredCounts(Db db) {
    this.db = db;
  }

  /// What is stored at a moment: where two are equal, no record came, was changed or went.
  ///
  /// @param imports how many times records came
  /// @param changes how often stored records were changed or removed
  public record Edition(CountedDays days, long imports, long changes) {}

  /// What is stored now.
  public Edition edition() {
    return new Edition(
        days(), db.number("SELECT COALESCE(MAX(no), 0) FROM import"), KeptFacts.changes(db));
  }

  /// Which completed days were changed since when.
  public CountedDays days() {
    return CountedDays.of(db);
  }

  /// The counts of the scores of days, from one on.
  public List<DailyCounts.Scores> scores(String model, int from) {
    CountedDays counted = days();
    return new DailyCounts(db)
        .scores(model, from).stream()
            .filter(each -> counted.isRight(each.day(), each.revision()))
            .toList();
  }

  /// As [#scores], how many identified customers, or accounts, were active.
  public List<DailyCounts.Active> active(Model.Subject kind, int from) {
    CountedDays counted = days();
    return new DailyCounts(db)
        .active(kind, from).stream()
            .filter(each -> counted.isRight(each.day(), each.revision()))
            .toList();
  }
}
