package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the activities of a model file.
final class ActivityReader {
  static final List<String> FIELDS =
      List.of(
          "name", "title", "match", "unit", "points", "weight", "target", "cap", "per", "expect",
          "goal", "group", "window", "decay");
  static final List<String> CAP_FIELDS = List.of("per_day", "per_window", "per_person");
  static final Map<String, Activity.Per> PER =
      Map.of(
          "account", Activity.Per.ACCOUNT,
          "seat", Activity.Per.SEAT,
          "active_person", Activity.Per.ACTIVE_PERSON);
  static final Map<String, Activity.Expect> EXPECT =
      Map.of("good", Activity.Expect.GOOD, "bad", Activity.Expect.BAD);

  private static final int MOST_ACTIVITIES = 500;
  private static final long MOST_POINTS = 10_000_000;
  private static final long FULL_WEIGHT = 100_000;

  /// The most units of a cap, goal or target, in milli-units.
  static final long MOST_UNITS = 1_000_000_000_000L;

  private final Frame frame;
  private final Set<String> names = new HashSet<>();

  private ActivityReader(Frame frame) {
    this.frame = frame;
  }

  static List<Activity> read(Fields model, Frame frame) {
    ActivityReader reader = new ActivityReader(frame);
    List<Activity> activities = new ArrayList<>();
    List<Yaml> items = model.items("activities", MOST_ACTIVITIES);
    if (!model.has("activities") || isEmptyList(model)) {
      model.fault("activities", "a model needs at least one activity under 'activities'");
    }
    for (int i = 0; i < items.size(); i++) {
      String place = PartReader.place("activity", "name", items.get(i), i);
      Fields fields = Fields.of(items.get(i), place, FIELDS, frame.faults());
      if (fields != null) {
        activities.add(reader.activity(fields, place + ": "));
      }
    }
    return activities;
  }

  private static boolean isEmptyList(Fields model) {
    return model.get("activities") instanceof Yaml.Items list && list.items().isEmpty();
  }

  private Activity activity(Fields fields, String place) {
    String name = fields.requiredName("name");
    PartReader.unique(fields, "name", name, names);
    MethodRules.activity(fields, frame);
    fields.require("match");
    Expression match = MatchReader.read(fields, "match", frame.isFit(), place, frame);
    Integer window = PartReader.window(fields);
    if (window != null) {
      Warnings.window(window, fields.line("window"), place, frame);
    }
    Decay decay = PartReader.decay(fields);
    Activity.Per per = fields.choice("per", PER);
    Activity.Expect expect = fields.choice("expect", EXPECT);
    Long points = fields.milli("points", -MOST_POINTS, MOST_POINTS);
    Long weight = fields.milli("weight", 0, FULL_WEIGHT);
    Long target = fields.milli("target", 1, MOST_UNITS);
    Activity activity =
        new Activity(
            name == null ? "" : name,
            TextsReader.read(fields, "title", TextsReader.TITLE),
            match == null ? MatchReader.NONE : match,
            UnitReader.read(fields),
            points == null ? 0 : points,
            weight != null ? weight : frame.isWeighted() ? MethodRules.NO_WEIGHT : 0,
            target == null ? 0 : target,
            caps(fields),
            expect == null ? Activity.Expect.UNSTATED : expect,
            fields.milli("goal", 1, MOST_UNITS),
            group(fields),
            window != null ? window : frame.isFit() ? 1 : frame.window(),
            decay == null ? frame.decay() : decay,
            per == null ? Activity.Per.ACCOUNT : per,
            fields.line());
    Warnings.activity(activity, place, frame);
    return activity;
  }

  private Activity.Caps caps(Fields fields) {
    Fields cap = fields.under("cap", CAP_FIELDS);
    if (cap == null) {
      return Activity.Caps.NONE;
    }
    MethodRules.cap(cap, frame);
    return new Activity.Caps(
        cap.milli("per_day", 0, MOST_UNITS),
        cap.milli("per_window", 0, MOST_UNITS),
        cap.milli("per_person", 0, MOST_UNITS));
  }

  private @Nullable String group(Fields fields) {
    Yaml.Scalar group = fields.scalar("group", "the name of a group");
    if (group == null) {
      return null;
    }
    if (frame.groups().isEmpty()) {
      fields.fault("group", "'group' names a group, but the model has no 'groups'");
    } else {
      PartReader.known(fields, "group", group.text(), frame.groups());
    }
    return group.text();
  }

  /// Whether the path leads to text, which is never a number.
  static boolean isText(Path path) {
    return path.root() == Path.Root.NAME;
  }
}
