package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.store.Population;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scores everybody with the kernel over the rolled-up units of one state of knowledge.
public final class Scoring {
  private final View view;

  public Scoring(View view) {
    this.view = view;
  }

  /// The scores of a day.
  ///
  /// @param all anonymous visitors too, not only identified customers
  public ScoreTable table(InUse use, int asOf, boolean all) {
    Population population = view.population(use.model().subject());
    return table(use, asOf, all, population, scores(use, asOf, population.span()));
  }

  /// The scores of everybody on a day, by the subject's number.
  ///
  /// @param span one more than the greatest number
  public long[] scores(InUse use, int asOf, int span) {
    Model model = use.model();
    Plan plan = Plan.of(model);
    Manual manual = view.manual(model);
    List<RollUp> units = view.units(model, span, asOf - plan.widestWindow() + 1, asOf);
    return Kernel.scoreAll(plan, units, asOf, manual, threads());
  }

  /// The rows of a day.
  ///
  /// @param scores by the subject's number
  ScoreTable table(InUse use, int asOf, boolean all, Population population, long[] scores) {
    Model model = use.model();
    BitSet active = view.active(model, asOf - model.window() + 1, asOf);
    int[] rows = rows(population, new Membership(view, model, asOf, all));
    ScoreTable table =
        new ScoreTable(
            use,
            asOf,
            new int[rows.length],
            new String[rows.length],
            new long[rows.length],
            new boolean[rows.length],
            new boolean[rows.length]);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      int number = population.numbers()[row];
      table.numbers()[i] = number;
      table.ids()[i] = population.ids()[row];
      table.scores()[i] = scores[number];
      table.inactive()[i] = !active.get(number);
      table.ramping()[i] = population.firstDay()[row] > asOf - model.window();
    }
    return table;
  }

  /// How many events of the windows match but do not count, by activity and reason, whoever did
  /// them.
  public Map<String, Map<Uncounted, Long>> uncounted(InUse use, int asOf) {
    Map<String, Map<Uncounted, Long>> found = new LinkedHashMap<>();
    view.uncounted(use.model(), asOf)
        .forEach((place, events) -> found.put(use.model().activities().get(place).name(), events));
    return found;
  }

  /// How many would have a score on a day, had they not objected to it.
  public int objected(InUse use, int asOf, boolean all) {
    return new Membership(view, use.model(), asOf, all)
        .objected(view.population(use.model().subject()));
  }

  static int[] rows(Population population, Membership membership) {
    int[] rows = new int[population.size()];
    int n = 0;
    for (int row = 0; row < population.size(); row++) {
      if (membership.has(population, row)) {
        rows[n++] = row;
      }
    }
    return Arrays.copyOf(rows, n);
  }

  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// Who belongs to the scored population of a day; those who objected do not.
  static final class Membership {
    private final boolean all;
    private final int asOf;
    private final @Nullable BitSet applies;
    private final BitSet objected;

    Membership(View view, Model model, int asOf, boolean all) {
      this.all = all;
      this.asOf = asOf;
      this.objected = view.objected(model.subject());
      Expression condition = model.appliesTo();
      this.applies =
          condition == null ? null : view.matching(model.subject(), condition.condition(), asOf);
    }

    boolean has(Population population, int row) {
      return !objects(population, row) && isListed(population, row);
    }

    /// Whether it objected to being scored.
    boolean objects(Population population, int row) {
      return objected.get(population.numbers()[row]);
    }

    int objected(Population population) {
      int count = 0;
      for (int row = 0; row < population.size() && !objected.isEmpty(); row++) {
        count += objects(population, row) && isListed(population, row) ? 1 : 0;
      }
      return count;
    }

    /// Whether it belongs to the population, whatever it objects to.
    boolean isListed(Population population, int row) {
      return population.firstDay()[row] <= asOf
          && (all || population.identified()[row])
          && (applies == null || applies.get(population.numbers()[row]));
    }
  }
}
