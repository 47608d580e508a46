package io.pulso.server.ingest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells by the fields of the first objects which product wrote them.
final class Shapes {
  private static final Set<String> CALLS =
      Set.of("track", "page", "screen", "identify", "group", "alias");

  private Shapes() {}

  static Format tell(List<Map<String, @Nullable Object>> objects) {
    for (Map<String, @Nullable Object> object : objects) {
      Format format = tell(object);
      if (format != Format.JSON) {
        return format;
      }
    }
    return Format.JSON;
  }

  private static Format tell(Map<String, @Nullable Object> object) {
    Set<String> keys = object.keySet();
    if (isSegment(object)) {
      return Format.SEGMENT;
    }
    if (keys.contains("distinct_id") && keys.contains("event")) {
      return Format.POSTHOG;
    }
    Map<String, @Nullable Object> properties = Values.map(object.get("properties"));
    if (keys.contains("event")
        && (properties.containsKey("distinct_id") || properties.containsKey("$distinct_ids"))) {
      return Format.MIXPANEL;
    }
    boolean person =
        keys.contains("user_id") || keys.contains("device_id") || keys.contains("amplitude_id");
    if (keys.contains("event_type") && person) {
      return Format.AMPLITUDE;
    }
    return Mautic.is(keys) ? Format.MAUTIC : Format.JSON;
  }

  private static boolean isSegment(Map<String, @Nullable Object> object) {
    Object type = object.get("type");
    boolean call = type instanceof String word && CALLS.contains(Checks.lower(word));
    Map<String, @Nullable Object> payload = Values.map(object.get("payload"));
    boolean wraps = payload.containsKey("batch") || (!payload.isEmpty() && isSegment(payload));
    return call
        || wraps
        || object.get("batch") instanceof List<?>
        || (object.containsKey("event")
            && (object.containsKey("userId") || object.containsKey("anonymousId")));
  }

  /// How a product writes its objects; null for those that are read otherwise.
  static @Nullable Shape shape(Format format) {
    return switch (format) {
      case POSTHOG -> new PostHog();
      case MIXPANEL -> new Mixpanel();
      case AMPLITUDE -> new Amplitude();
      case CSV, TSV, JSON, SEGMENT, MAUTIC, PARQUET -> null;
    };
  }
}
