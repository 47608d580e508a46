package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Texts;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short ways to write worlds and models down.
public final class Samples {
  static final List<Band> POINTS_BANDS =
      List.of(
          below("churn_risk", 0),
          to("very_disengaged", 40),
          to("somewhat_engaged", 70),
          to("highly_engaged", 100),
          last("power_user"));

  static final List<Band> WEIGHTED_BANDS =
      List.of(to("very_disengaged", 40), to("somewhat_engaged", 75), last("highly_engaged"));

  private Samples() {}

  /// A world in UTC.
  public static World world(Draft... drafts) {
    return worldIn("UTC", drafts);
  }

  /// A world whose records without messageId are `m1`, `m2`, … in this order.
  public static World worldIn(String zone, Draft... drafts) {
    List<Event> records = new ArrayList<>();
    for (Draft draft : drafts) {
      for (int i = 0; i < draft.times(); i++) {
        records.add(draft.build(records.size() + 1));
      }
    }
    return new World(ZoneId.of(zone), records);
  }

  public static Draft track(@Nullable String userId, String event, String at) {
    return new Draft(EventType.TRACK, at).user(userId).event(event);
  }

  public static Draft page(@Nullable String userId, String name, String at) {
    return new Draft(EventType.PAGE, at).user(userId).name(name).channel("web");
  }

  public static Draft screen(@Nullable String userId, String name, String at) {
    return new Draft(EventType.SCREEN, at).user(userId).name(name).channel("app");
  }

  public static Draft identify(@Nullable String userId, String at) {
    return new Draft(EventType.IDENTIFY, at).user(userId);
  }

  public static Draft group(@Nullable String userId, String groupId, String at) {
    return new Draft(EventType.GROUP, at).user(userId).group(groupId);
  }

  public static Draft alias(String previousId, String userId, String at) {
    return new Draft(EventType.ALIAS, at).previous(previousId).user(userId);
  }

  public static ModelDraft model(String name) {
    return new ModelDraft(name);
  }

  /// A band whose bound is above it.
  public static Band below(String id, double bound) {
    return band(id, milli(bound), false);
  }

  /// A band whose bound belongs to it.
  public static Band to(String id, double bound) {
    return band(id, milli(bound), true);
  }

  public static Band last(String id) {
    return band(id, null, false);
  }

  private static Band band(String id, @Nullable Long bound, boolean including) {
    boolean engaged = id.equals("highly_engaged") || id.equals("power_user");
    return new Band(id, bound, including, Texts.NONE, Texts.NONE, Texts.NONE, null, engaged);
  }

  static long milli(double amount) {
    return BigDecimal.valueOf(amount).movePointRight(3).longValueExact();
  }

  /// A JSON array of texts, numbers, booleans, nulls or [Json]s.
  public static Json array(@Nullable Object... items) {
    return new Json.Arr(Arrays.stream(items).map(Samples::json).toList());
  }

  /// A JSON object with one field.
  public static Json object(String key, @Nullable Object value) {
    return new Json.Obj(Map.of(key, json(value)));
  }

  static Json json(@Nullable Object value) {
    return switch (value) {
      case null -> new Json.Null();
      case Json json -> json;
      case String text -> new Json.Str(text);
      case Boolean truth -> new Json.Bool(truth);
      case Number number -> new Json.Num(number.doubleValue());
      default -> throw new IllegalArgumentException("no JSON: " + value);
    };
  }
}
