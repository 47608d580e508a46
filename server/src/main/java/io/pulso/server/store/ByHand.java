package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.util.List;
import java.util.function.Function;

/// What people enter beside the records.
public final class ByHand {
  private final Db db;
  private final Function<List<Model>, Renewal> renewal;

  ByHand(Db db, Function<List<Model>, Renewal> renewal) {
    this.db = db;
    this.renewal = renewal;
  }

  /// Points given to customers and accounts or taken from them.
  public GivenPoints points() {
    return new GivenPoints(db);
  }

  public Sentiments sentiments() {
    return new Sentiments(db);
  }

  /// Links between ids, and those that were undone.
  public Links links() {
    return new Links(db, renewal);
  }

  /// States of lists.
  public SavedViews views() {
    return new SavedViews(db);
  }

  /// The lists of segments that have one.
  public SegmentLists segments() {
    return new SegmentLists(db);
  }

  /// Snapshots of pages for others.
  public Shares shares() {
    return new Shares(db);
  }

  /// What metrics are to become.
  public Goals goals() {
    return new Goals(db);
  }
}
