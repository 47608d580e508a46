package io.pulso.testkit;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Models of every method with every kind of unit, cap, window, decay, group and clamp.
final class RandomModels {
  private static final List<Double> POINTS =
      List.of(1.0, 10.0, 0.5, -3.0, 0.001, -0.001, 3.333, 1000.0, 10000.0, -10000.0, 0.0);

  private static final List<Double> CAPS = List.of(0.0, 0.001, 1.0, 1.5, 2.0, 3.0, 1000.0);

  private static final List<Integer> WINDOWS = List.of(1, 2, 7, 28, 28, 29, 30, 60, 400, 730);

  private static final List<Integer> DECAYS = List.of(1, 2, 3, 7, 14, 28, 90);

  private static final List<Double> TARGETS = List.of(0.001, 0.5, 1.0, 3.0, 8.0, 1000.0);

  private static final List<List<Double>> WEIGHTS =
      List.of(
          List.of(100.0),
          List.of(60.0, 40.0),
          List.of(33.333, 33.333, 33.334),
          List.of(0.001, 99.999));

  private static final List<String> GROUPS = List.of("good", "bad");

  private final Dice dice;
  private final boolean ofAccounts;

  private RandomModels(Dice dice) {
    this.dice = dice;
    this.ofAccounts = dice.percent(35);
  }

  static Model model(Dice dice) {
    return new RandomModels(dice).model();
  }

  private Model model() {
    ModelDraft draft = Samples.model("random").window(dice.one(WINDOWS));
    if (ofAccounts) {
      draft.ofAccounts();
    }
    if (dice.percent(15)) {
      draft.appliesTo(RandomConditions.ofSubjects(dice));
    }
    if (dice.percent(15)) {
      draft.bands(Samples.below("cold", -1), Samples.to("warm", 5), Samples.last("hot"));
    }
    switch (dice.below(10)) {
      case 0 -> fit(draft);
      case 1, 2 -> weighted(draft);
      default -> points(draft);
    }
    return draft.build();
  }

  private void fit(ModelDraft draft) {
    draft.fit();
    boolean grouped = frame(draft);
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      draft.activity(
          "a" + i,
          RandomConditions.ofSubjects(dice),
          each -> group(each.points(dice.one(POINTS)), grouped));
    }
  }

  private void weighted(ModelDraft draft) {
    draft.weighted();
    decay(draft);
    List<Double> weights = dice.one(WEIGHTS);
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i);
      draft.activity(
          "a" + i,
          RandomConditions.ofEvents(dice),
          each -> shared(each.weight(weight, dice.one(TARGETS))));
    }
  }

  private void points(ModelDraft draft) {
    if (dice.percent(10)) {
      draft.activity("all", "true", all -> all.points(-10000).number("properties.n"));
    }
    decay(draft);
    boolean grouped = frame(draft);
    int count = dice.between(1, 5);
    for (int i = 0; i < count; i++) {
      draft.activity(
          "a" + i,
          RandomConditions.ofEvents(dice),
          each -> {
            if (dice.percent(30)) {
              each.perWindow(dice.one(CAPS));
            }
            return group(shared(each.points(dice.one(POINTS))), grouped);
          });
    }
  }

  private void decay(ModelDraft draft) {
    switch (dice.below(4)) {
      case 0 -> draft.halfLife(dice.one(DECAYS));
      case 1 -> draft.linear(dice.one(DECAYS));
      default -> {}
    }
  }

  /// Base, clamp and groups; answers whether there are groups.
  private boolean frame(ModelDraft draft) {
    if (dice.percent(30)) {
      draft.base(dice.one(POINTS));
    }
    if (dice.percent(30)) {
      draft.clamp(bound(-100.0, -2.5, 0.0), bound(0.0, 1.001, 100.0));
    }
    boolean grouped = dice.percent(40);
    if (grouped) {
      GROUPS.forEach(name -> draft.group(name, bound(-20.0, 0.0, 0.5), bound(0.5, 3.0, 60.0)));
    }
    return grouped;
  }

  private @Nullable Double bound(Double... of) {
    return dice.maybe(70, List.of(of));
  }

  private ActivityDraft group(ActivityDraft draft, boolean grouped) {
    return grouped && dice.percent(70) ? draft.group(dice.one(GROUPS)) : draft;
  }

  /// What activities of points and of weighted models have in common.
  private ActivityDraft shared(ActivityDraft draft) {
    switch (dice.below(10)) {
      case 0, 1 -> draft.number(dice.one("value", "properties.n", "properties.minutes"));
      case 2 -> draft.number(dice.one("properties.obj.a", "context.battery", "properties.s"));
      case 3, 4 -> draft.distinct(dice.one("properties.tag", "properties.n", "properties.s"));
      case 5 -> draft.distinct(dice.one("name", "value", "properties.obj.a", "properties.list"));
      default -> {}
    }
    if (dice.percent(30)) {
      draft.perDay(dice.one(CAPS));
    }
    if (dice.percent(30)) {
      draft.window(dice.one(WINDOWS));
    }
    switch (dice.below(8)) {
      case 0 -> draft.halfLife(dice.one(DECAYS));
      case 1 -> draft.linear(dice.one(DECAYS));
      case 2 -> draft.undecayed();
      default -> {}
    }
    return ofAccounts ? ofAccount(draft) : draft;
  }

  private ActivityDraft ofAccount(ActivityDraft draft) {
    if (dice.percent(30)) {
      draft.perPerson(dice.one(CAPS));
    }
    return draft.per(dice.one(Activity.Per.values()));
  }
}
