package io.pulso.engine.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import java.util.List;

/// Steps that are taken one after another, of which fewer and fewer take the next.
///
/// @param window microseconds within which all steps are taken, counted from the first
/// @param per whose steps they are
/// @param who of customers, which of them
public record Funnel(
    String id,
    Texts title,
    List<Step> steps,
    long window,
    Order order,
    Model.Subject per,
    Select.Who who) {
  public static final int LEAST_STEPS = 2;
  public static final int MOST_STEPS = 10;

  public Funnel {
    steps = List.copyOf(steps);
  }

  /// One of them: an event that matches.
  public record Step(Texts title, Expression match) {}

  /// In which order they are taken.
  public enum Order {
    /// One after another, with anything else in between.
    ORDERED,
    /// One after another, with no other active event in between.
    STRICT,
    /// As it comes: the second step is the second one that is taken.
    ANY
  }
}
