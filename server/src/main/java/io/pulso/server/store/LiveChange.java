package io.pulso.server.store;

/// What a batch of live records changed, as columns.
///
/// @param subjects the customers whom it touched; those that were merged into others among them
/// @param ids by which they go
/// @param firstDays since when each exists; [#NEVER] when it does not
/// @param identified whether each id was given as a user's
/// @param units what is to be added to rolled-up units; may be negative
/// @param accounts what changed of accounts
/// @param states whether traits or memberships may have changed
/// @param rollUps whether other activities are rolled up than before
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
public record LiveChange(
    int[] subjects,
    String[] ids,
    int[] firstDays,
    boolean[] identified,
    Units units,
    AccountChange accounts,
    boolean states,
    boolean rollUps) {
  public static final int NEVER = Integer.MAX_VALUE;

  /// Milli-units, a row each.
  ///
  /// @param activities numbers of roll-ups
  @SuppressWarnings("ArrayRecordComponent") // columns of many rows
  public record Units(int[] activities, int[] subjects, int[] days, long[] units) {}
}
