package io.pulso.server.score;

import io.pulso.engine.score.Kernel;
import java.util.Arrays;
import java.util.BitSet;

/// The scores of all subjects under one model on one day, in memory, by their numbers.
final class LiveColumn {
  final InUse use;
  private long[] scores = {};
  private BitSet hidden = new BitSet();

  LiveColumn(InUse use) {
    this.use = use;
  }

  /// Whether they are those of a model, in the same version.
  boolean is(InUse other) {
    return use.version().equals(other.version())
        && use.model().name().equals(other.model().name())
        && use.model().hash().equals(other.model().hash());
  }

  /// Takes the scores of everybody.
  void fill(long[] everybody) {
    scores = everybody;
  }

  /// Has no scores for some from now on, who keep theirs for later.
  void hide(BitSet subjects) {
    hidden = subjects;
  }

  /// Takes the score of one, and gives the one before.
  long put(int subject, long score) {
    if (subject >= scores.length) {
      int before = scores.length;
      scores = Arrays.copyOf(scores, Math.max(subject + 1, before + before / 2 + 1024));
      Arrays.fill(scores, before, scores.length, Kernel.NONE);
    }
    long before = score(subject);
    scores[subject] = score;
    return before;
  }

  /// The score in milli-points, [Kernel#UNAVAILABLE], or [Kernel#NONE].
  long score(int subject) {
    return subject < scores.length && !hidden.get(subject) ? scores[subject] : Kernel.NONE;
  }
}
