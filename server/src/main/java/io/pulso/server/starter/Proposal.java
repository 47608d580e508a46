package io.pulso.server.starter;

import io.pulso.engine.model.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proposed first model, with what speaks for each rule.
///
/// @param asOf the last day that was looked at, and the [Starter#WINDOW] days up to it
/// @param active customers who did something then
/// @param sampled whether numbers of customers and events are told from a sample
/// @param leftOut what is not counted, the most frequent first
/// @param more how many names beside them are not counted either
/// @param spread the scores of active customers; null without a model
/// @param text the model file; null without a model
public record Proposal(
    int asOf,
    long active,
    boolean sampled,
    List<Rule> rules,
    List<LeftOut> leftOut,
    int more,
    @Nullable Spread spread,
    List<Shortfall> shortfalls,
    @Nullable String text) {
  public Proposal {
    rules = List.copyOf(rules);
    leftOut = List.copyOf(leftOut);
    shortfalls = List.copyOf(shortfalls);
  }

  /// A rule that is proposed.
  ///
  /// @param name of the activity
  /// @param match the condition
  /// @param points milli-points of one
  /// @param perDay the most a day that count
  /// @param perWindow the most decayed milli-units that count
  /// @param customers active ones who did it
  /// @param events how often they did it
  /// @param usual how often half of those who did it did it at least
  public record Rule(
      String name,
      Texts title,
      Role role,
      String match,
      long points,
      int perDay,
      long perWindow,
      long customers,
      long events,
      long usual) {
    /// With other points.
    public Rule worth(long other) {
      return new Rule(name, title, role, match, other, perDay, perWindow, customers, events, usual);
    }
  }

  /// Why a name is not counted.
  public enum Why {
    OUTCOME,
    PASSIVE,
    SUPPORT,
    TECHNICAL,
    NEUTRAL,
    /// Too few customers did it.
    RARE,
    /// The other rules say enough.
    SURPLUS
  }

  /// A name that is not counted.
  ///
  /// @param title empty for a name that speaks for itself
  /// @param page whether it is that of a page or screen
  public record LeftOut(String name, Texts title, boolean page, Why why, long events) {}

  /// How scores of active customers are spread, in milli-points.
  ///
  /// @param top the least score of the top tenth
  /// @param bands how many are in each band
  public record Spread(long median, long top, List<Integer> bands) {
    private static final long ABOVE = 40_000;
    private static final long UP_TO = 70_000;
    private static final long TOP = 71_000;

    public Spread {
      bands = List.copyOf(bands);
    }

    /// Whether the median customer is somewhat engaged.
    public boolean isMedianKept() {
      return median > ABOVE && median <= UP_TO;
    }

    public boolean isTopKept() {
      return top >= TOP;
    }
  }
}
