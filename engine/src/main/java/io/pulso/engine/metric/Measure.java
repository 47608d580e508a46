package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;

/// How a figure comes about: something that is counted, or arithmetic on such things.
public sealed interface Measure {
  /// Something that one query counts.
  sealed interface Leaf extends Measure {
    Select of();
  }

  /// How many events.
  record Events(Select of) implements Leaf {}

  /// How many different customers did it.
  record Customers(Select of) implements Leaf {}

  /// How many different values stand at a place.
  record Distinct(Select of, Path path) implements Leaf {}

  /// The sum of the numbers at a place, each rounded to 3 decimals.
  record Total(Select of, Path path) implements Leaf {}

  /// The numbers at a place, each rounded to 3 decimals, and how often each is there.
  ///
  /// @param latest only the latest of each person and period
  record Numbers(Select of, Path path, boolean latest) implements Leaf {}

  record Mean(Numbers of) implements Measure {}

  /// Not more than this percent of the numbers are less.
  ///
  /// @param percent 50 for the median
  record Percentile(Numbers of, int percent) implements Measure {}

  /// Percent of 9 and 10 less percent of 0 to 6.
  record Nps(Numbers of) implements Measure {}

  /// Percent of numbers that are not below a bound, in thousandths.
  record AtLeast(Numbers of, long bound) implements Measure {}

  /// One by the other.
  record Ratio(Measure over, Measure per) implements Measure {}

  record Sum(Measure one, Measure other) implements Measure {}

  record Difference(Measure from, Measure less) implements Measure {}

  /// Different customers with an active event within some days up to the end of the period.
  record Active(int days, Select.Who who) implements Measure {}

  /// The mean of daily active customers by those of 30 days.
  record Stickiness(Select.Who who) implements Measure {}

  /// Something that customers or accounts come to at the end of the period.
  record Standing(Stat of) implements Measure {}
}
