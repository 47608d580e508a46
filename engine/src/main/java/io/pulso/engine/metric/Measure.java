package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /// How many different pairs of a customer and a value, which is what stands at the first of some
  /// places where something stands; nothing is a value too.
  record Unique(Select of, List<Path> paths) implements Leaf {
    public Unique {
      paths = List.copyOf(paths);
    }
  }

  /// How many customers did it with so many different values at a place, or more.
  record Repeaters(Select of, Path path, int times) implements Leaf {}

  /// How many events do not count since a machine that reads mail made them.
  record Machines(Select of) implements Leaf {}

  /// The mean of a ratio over the values at a place, each value told alone.
  record MeanOf(Ratio ratio, Path by) implements Measure {}

  /// Accounts at the end of the period, or the sum of their trait `mrr`, in whole units of its
  /// currency, which is not converted.
  ///
  /// @param renewing only those that renew within so many days after it; null for all
  record Accounts(boolean mrr, @Nullable Integer renewing) implements Measure {}

  /// Something that is told by what the same customer did before or after; one query counts it.
  sealed interface Chain extends Measure {
    /// What is counted.
    Select of();
  }

  /// Days from one event to the next one of the same customer, by the thousandth.
  ///
  /// @param path events with the same value there are one, the first; null where each is its own
  /// @param percent which percentile is told; null for the mean
  record DaysBetween(Select of, @Nullable Path path, @Nullable Integer percent) implements Chain {}

  /// Seconds from an event to the first later answer, of those that have one.
  ///
  /// @param percent which percentile is told; null for the mean
  record Answered(Select of, Select answer, @Nullable Integer percent) implements Chain {}

  /// Events after a touch of the same customer within some days of 24 hours, each put down to one
  /// touch.
  ///
  /// @param path where the numbers stand that are added up; null where events are counted
  /// @param first whether it is put down to the first touch, or to the last one
  record Touched(Select of, @Nullable Path path, Select touch, int days, boolean first)
      implements Chain {}

  /// Customers who did something later, up to the end of the day that is some days after: percent,
  /// or how many.
  ///
  /// @param then what they did; null for any active event
  record Followed(Select of, @Nullable Select then, int days) implements Chain {}

  /// Customers who have not undone it at the end of the day that is some days after: percent, or
  /// how many.
  record Kept(Select of, Select undone, int days) implements Chain {}

  /// Pairs of a customer and a value, which is what stands at the first of some places where
  /// something stands, to which something came back at the same instant or later: percent, or how
  /// many. Each pair is counted once, whenever it came back.
  record Reacted(Select of, Select then, List<Path> paths) implements Chain {
    public Reacted {
      paths = List.copyOf(paths);
    }
  }

  /// As a leaf, of all days up to the end of the period.
  record ToDate(Leaf leaf) implements Chain {
    @Override
    public Select of() {
      return leaf.of();
    }
  }

  /// Something that is counted in sessions.
  record Sessions(SessionFact fact, Select.Who who) implements Measure {}

  /// Something that customers or accounts come to at the end of the period.
  record Standing(Stat of) implements Measure {}
}
