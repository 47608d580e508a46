package io.pulso.engine.metric;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Model;
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
      implements Chain {
    /// What is counted of the events that are put down to touches.
    public Leaf leaf() {
      return path == null ? new Customers(of) : new Total(of, path);
    }
  }

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

  /// Something that no single count tells: how long things last, who is lost, how many are open.
  sealed interface Course extends Measure {}

  /// How long things last, in seconds.
  record Lasting(Span span, Tell tell) implements Course {}

  /// How many things are open at the end of the period.
  record Open(Span span) implements Course {}

  /// The share of the customers at the start of the period who are lost in it, or who are not.
  ///
  /// @param kept whether those who are not lost are told
  record Leaving(Loss loss, boolean kept) implements Course {}

  /// How long customers stay, in seconds.
  record Staying(Loss loss, Tell tell) implements Course {}

  /// How long it takes customers from their first event to another one, in seconds.
  ///
  /// @param to null for the event that the workspace calls activation
  record Reaching(@Nullable Expression to, Tell tell) implements Course {}

  /// How long customers wait from one event to the next one that answers it, in seconds.
  record Awaiting(Select of, Expression answer, Tell tell) implements Course {}

  /// What happens to a thing, such as a ticket, between its first and its last event.
  ///
  /// @param of the place of its id
  /// @param again what opens it again after its end; null for nothing
  /// @param last whether its last end is meant, else the first
  record Span(Expression from, Expression to, @Nullable Expression again, Path of, boolean last) {
    /// From, to and again.
    public List<Expression> steps() {
      return again == null ? List.of(from, to) : List.of(from, to, again);
    }
  }

  /// When a customer or an account is lost.
  ///
  /// @param silent after so many days without an active event; 0 for the number of the workspace,
  ///   null where a cancellation, or a term that is not renewed, is meant
  record Loss(Model.Subject per, @Nullable Integer silent) {
    /// The same with the workspace's number of days, where that is meant.
    public Loss silentAfter(int days) {
      return silent != null && silent == 0 ? new Loss(per, days) : this;
    }
  }

  /// What is told of lengths of time. The first three count those that have not ended, as far as
  /// they are known; the others are of those alone that ended in the period.
  enum Tell {
    MEDIAN(0.5),
    P90(0.9),
    MEAN(0),
    FINISHED_MEDIAN(0.5),
    FINISHED_P90(0.9),
    FINISHED_MEAN(0);

    private final double part;

    Tell(double part) {
      this.part = part;
    }

    /// Whether it is of those alone that ended in the period.
    public boolean isOfFinished() {
      return switch (this) {
        case MEDIAN, P90, MEAN -> false;
        case FINISHED_MEDIAN, FINISHED_P90, FINISHED_MEAN -> true;
      };
    }

    /// The value; null where it is not reached.
    public @Nullable Double of(Survival lasting) {
      return switch (this) {
        case MEDIAN, P90 -> lasting.quantile(part);
        case MEAN -> lasting.mean();
        case FINISHED_MEDIAN, FINISHED_P90 -> lasting.ofEnded(part);
        case FINISHED_MEAN -> lasting.meanOfEnded();
      };
    }
  }
}
