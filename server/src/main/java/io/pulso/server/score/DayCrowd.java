package io.pulso.server.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.Members;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everybody identified on a day, without ids: what is not asked is not worked out.
final class DayCrowd implements Crowd {
  private final Model.Subject kind;
  private final int day;
  private final @Nullable InUse use;
  private final @Nullable Bands bands;
  private final Members members;
  private final int[] numbers;
  private final Supplier<long[]> scores;
  private final Supplier<BitSet> active;
  private long @Nullable [] known;
  private @Nullable BitSet alive;

  /// @param applies whom the model scores; null for all
  /// @param scores of everybody by number, [Kernel#NONE] for those who objected
  /// @param active those with an active event in the model's window
  DayCrowd(
      Model.Subject kind,
      int day,
      @Nullable InUse use,
      Members members,
      @Nullable BitSet applies,
      Supplier<long[]> scores,
      Supplier<BitSet> active) {
    this.kind = kind;
    this.day = day;
    this.use = use;
    this.bands = use == null ? null : Bands.of(use.model());
    this.members = members;
    this.scores = scores;
    this.active = active;
    int[] found = new int[members.span()];
    int n = 0;
    for (int number = 0; number < found.length; number++) {
      if (members.firstDays()[number] <= day
          && members.identified().get(number)
          && (applies == null || applies.get(number))) {
        found[n++] = number;
      }
    }
    this.numbers = Arrays.copyOf(found, n);
  }

  @Override
  public Model.Subject kind() {
    return kind;
  }

  @Override
  public int day() {
    return day;
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public int number(int row) {
    return numbers[row];
  }

  @Override
  public int span() {
    return numbers.length == 0 ? 0 : numbers[numbers.length - 1] + 1;
  }

  private long milli(int row) {
    long[] all = known;
    if (all == null) {
      all = use == null ? new long[0] : scores.get();
      known = all;
    }
    return numbers[row] < all.length ? all[numbers[row]] : Kernel.NONE;
  }

  @Override
  public @Nullable Long score(int row) {
    long score = milli(row);
    return Kernel.isScore(score) ? (Long) score : null;
  }

  @Override
  public @Nullable Band band(int row) {
    long score = milli(row);
    return bands == null || !Kernel.isScore(score) ? null : bands.band(score);
  }

  @Override
  public boolean identified(int row) {
    return true;
  }

  @Override
  public boolean inactive(int row) {
    if (use == null) {
      return false;
    }
    BitSet found = alive;
    if (found == null) {
      found = active.get();
      alive = found;
    }
    return !found.get(numbers[row]);
  }

  @Override
  public boolean ramping(int row) {
    return use != null && members.firstDays()[numbers[row]] > day - use.model().window();
  }
}
