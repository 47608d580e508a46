package io.pulso.server.store;

/// Takes milli-units of people in accounts, sorted by account, activity, day and person.
@FunctionalInterface
public interface AccountUnits {
  /// Takes one row; milli-units that are added to others may be negative.
  ///
  /// @param activity the number of a roll-up
  void take(int account, int activity, int day, int person, long units);
}
