package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Changes;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Loader;
import io.pulso.server.score.LiveScores;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Objections;
import io.pulso.server.store.StoreException;
import io.pulso.server.store.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows what is loaded: counts it, keeps today's scores in memory up to date, and tells who
/// listens which of them moved.
final class LiveFeed implements Loader.Listener {
  private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());

  private final LiveScores scores;
  private final Changes changes;
  private final Totals totals;
  private final Runnable stored;
  private List<LiveScores.Move> moves = List.of();

  /// @param stored is told when records came in
  LiveFeed(LiveScores scores, Changes changes, Totals totals, Runnable stored) {
    this.stored = stored;
    this.scores = scores;
    this.changes = changes;
    this.totals = totals;
  }

  /// A batch is stored.
  void changed(LiveChange change) {
    try {
      moves = scores.apply(change);
    } catch (InputException | StoreException e) {
      // The batch is stored, so it must not seem to have failed.
      LOG.log(System.Logger.Level.WARNING, "scores in memory are read again", e);
      scores.forget();
    }
  }

  /// Somebody objected to being scored, or took that back.
  void objected(View view, Objections.Standing standing) {
    changes.processing("customer", standing.id(), standing.since() != null);
    try {
      scores.object(view).forEach(this::tell);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "scores in memory are read again", e);
      scores.forget();
    }
  }

  /// Somebody gave points to a customer or account under a model, or took some.
  void adjusted(View view, Model.Subject kind, String model, int subject) {
    try {
      scores.adjust(view, kind, model, subject).forEach(this::tell);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "scores in memory are read again", e);
      scores.forget();
    }
  }

  private void tell(LiveScores.Move move) {
    Model model = move.use().model();
    changes.scored(
        new Changes.Scored(
            model.subject().name().toLowerCase(Locale.ROOT),
            move.id(),
            model.name(),
            move.use().version(),
            move.day(),
            orNull(move.before()),
            orNull(move.after()),
            band(model, move.before()),
            band(model, move.after())));
  }

  private static @Nullable Long orNull(long score) {
    return Kernel.isScore(score) ? (Long) score : null;
  }

  private static @Nullable String band(Model model, long score) {
    return Kernel.isScore(score) ? Bands.of(model).band(score).id() : null;
  }

  @Override
  public void loaded(Map<String, LiveLoad.Counts> bySource) {
    totals.loaded(bySource);
    stored.run();
    if (changes.isHeard()) {
      changes.counters(totals.json());
      moves.forEach(this::tell);
    }
    moves = List.of();
    scores.renew();
  }

  @Override
  public void idle() {
    scores.renew();
  }
}
