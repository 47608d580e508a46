package io.pulso.engine.model;

import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Words;
import java.util.List;
import java.util.Locale;

/// Which fields a model may have by its method and subject.
final class MethodRules {
  /// Stands for a weight that could not be read.
  static final long NO_WEIGHT = -1;

  private static final long ALL_WEIGHTS = 100_000;
  private static final String FOR_ACCOUNTS =
      " is for account models; remove it, or say subject: account";

  private MethodRules() {}

  static void model(Fields model, Frame frame) {
    if (frame.isWeighted()) {
      misplaced(model, List.of("base", "clamp", "groups"), frame);
    }
    if (frame.isFit()) {
      misplaced(model, List.of("window", "decay"), frame);
    }
  }

  static void activity(Fields activity, Frame frame) {
    if (frame.isWeighted()) {
      misplaced(activity, List.of("points", "group"), frame);
      activity.require("weight");
      activity.require("target");
    } else if (frame.method() != null) {
      misplaced(activity, List.of("weight", "target"), frame);
      activity.require("points");
    }
    if (frame.isFit()) {
      misplaced(activity, List.of("unit", "cap", "per", "goal", "window", "decay"), frame);
    } else if (!frame.isAccount()) {
      activity.refuse("per", "'per'" + FOR_ACCOUNTS);
    }
  }

  static void cap(Fields cap, Frame frame) {
    if (frame.isWeighted()) {
      misplaced(cap, List.of("per_window"), frame);
    }
    if (!frame.isAccount() && !frame.isFit()) {
      cap.refuse("per_person", "'per_person'" + FOR_ACCOUNTS);
    }
  }

  private static void misplaced(Fields fields, List<String> keys, Frame frame) {
    for (String key : keys) {
      fields.refuse(key, Words.quote(key) + reason(frame));
    }
  }

  private static String reason(Frame frame) {
    Model.Method method = frame.method();
    String word = method == null ? "" : method.name().toLowerCase(Locale.ROOT);
    return " has no place in a " + word + " model; remove it";
  }

  /// The weights of a weighted model add up to exactly 100.
  static void weights(Fields model, List<Activity> activities, Frame frame) {
    if (!frame.isWeighted() || activities.stream().anyMatch(a -> a.weight() == NO_WEIGHT)) {
      return;
    }
    long sum = activities.stream().mapToLong(Activity::weight).sum();
    if (sum != ALL_WEIGHTS && !activities.isEmpty()) {
      model.refuse("activities", "the weights add up to " + Decimals.show(sum) + ", not 100");
    }
  }
}
