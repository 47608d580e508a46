package io.pulso.server.ingest;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether people agreed to what a source is for, as `context.consent.categoryPreferences` tells.
/// Where it tells nothing they are taken to have agreed. PostHog events and CloudEvents have no
/// context: their properties may have `consent`, or a `context` with it.
final class Consent {
  private final @Nullable String category;
  private final Pattern declined;

  /// @param category what the source is for; null where nobody is asked
  Consent(@Nullable String category) {
    this.category = category;
    this.declined =
        Pattern.compile(
            "\"" + Pattern.quote(category == null ? "" : category) + "\"\\s*:\\s*\"?false");
  }

  /// Whether people are asked.
  boolean isAsked() {
    return category != null;
  }

  static RowFault fault() {
    return new RowFault(RejectReason.NO_CONSENT, "the person did not agree to this");
  }

  /// Whether a context tells that the person declined.
  boolean isDeclined(@Nullable String context) {
    if (category == null || context == null || !context.contains("\"categoryPreferences\"")) {
      return false;
    }
    try {
      return JsonText.read(context) instanceof Json.Obj fields
          && fields.fields().get("consent") instanceof Json.Obj consent
          && consent.fields().get("categoryPreferences") instanceof Json.Obj preferences
          && isNo(preferences.fields().get(category));
    } catch (JsonFault e) {
      return true;
    }
  }

  /// Whether the properties of an event without a context tell that the person declined.
  boolean isDeclined(@Nullable Map<String, @Nullable Object> properties) {
    return category != null
        && properties != null
        && (isNo(properties) || isNo(Values.map(properties.get("context"))));
  }

  private boolean isNo(Map<String, @Nullable Object> place) {
    Object preferences = Values.map(place.get("consent")).get("categoryPreferences");
    Object said = Values.map(preferences).get(category);
    return Boolean.FALSE.equals(said)
        || (said instanceof String text && text.equalsIgnoreCase("false"));
  }

  private static boolean isNo(@Nullable Json said) {
    return switch (said) {
      case Json.Bool(boolean yes) -> !yes;
      case Json.Str(String text) -> text.equalsIgnoreCase("false");
      case null, default -> false;
    };
  }

  /// Whether a record that could not be read may be of a person who declined.
  boolean mayBeDeclined(String body) {
    return category != null && declined.matcher(body).find();
  }
}
