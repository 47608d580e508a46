package io.pulso.server.store;

import java.util.Arrays;

/// What a batch of live records changed of accounts, as columns; empty where no model scores them.
///
/// @param accounts those that it touched
/// @param firstDays since when each exists; [LiveChange#NEVER] when it does not
/// @param units what is to be added to rolled-up units
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
public record AccountChange(int[] accounts, String[] ids, int[] firstDays, Units units) {
  /// Nothing changed.
  static final AccountChange NONE =
      new AccountChange(new int[0], new String[0], new int[0], new Units());

  /// Hands over the units, sorted as [AccountUnits] says.
  public void each(AccountUnits to) {
    units.each(to);
  }

  /// Rows of units in memory.
  static final class Units implements AccountUnits {
    private static final int WIDTH = 5;

    private long[] cells = new long[0];
    private int used;

    @Override
    public void take(int account, int activity, int day, int person, long units) {
      if (used == cells.length) {
        cells = Arrays.copyOf(cells, Math.max(1024 * WIDTH, 2 * used));
      }
      cells[used++] = account;
      cells[used++] = activity;
      cells[used++] = day;
      cells[used++] = person;
      cells[used++] = units;
    }

    private void each(AccountUnits to) {
      for (int i = 0; i < used; i += WIDTH) {
        to.take(
            (int) cells[i],
            (int) cells[i + 1],
            (int) cells[i + 2],
            (int) cells[i + 3],
            cells[i + 4]);
      }
    }
  }
}
