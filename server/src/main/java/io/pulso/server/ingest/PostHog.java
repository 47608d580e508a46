package io.pulso.server.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PostHog's events as its exports and its API write them.
final class PostHog implements Shape {
  private static final List<String> ACCOUNTS =
      List.of("company", "organization", "account", "workspace");

  private final ObjectText objects = new ObjectText();
  private final Values values = new Values();

  @Override
  public void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault {
    Map<String, @Nullable Object> properties = object(fields.get("properties"));
    draft.told = properties;
    draft.messageId = Values.text(fields.get("uuid"));
    draft.occurredAt = Values.time(fields.get("timestamp"), times);
    String event = Values.text(fields.get("event"));
    person(fields, properties, draft);
    Map<String, @Nullable Object> groups = Values.map(properties.get("$groups"));
    draft.contextGroupId = group(groups);
    draft.contextChannel = channel(Values.text(properties.get("$lib")));
    switch (event == null ? "" : event) {
      case "$pageview" -> page(draft, "page", Values.text(properties.get("$pathname")));
      case "$screen" -> page(draft, "screen", Values.text(properties.get("$screen_name")));
      case "$identify" -> {
        identify(draft, fields, properties);
        String before = Values.id(properties.get("$anon_distinct_id"), "$anon_distinct_id");
        draft.userId = draft.userId == null ? draft.anonymousId : draft.userId;
        draft.anonymousId = before;
      }
      case "$set" -> identify(draft, fields, properties);
      case "$create_alias", "$merge_dangerously" -> {
        draft.type = "alias";
        draft.userId = draft.userId == null ? draft.anonymousId : draft.userId;
        draft.anonymousId = null;
        draft.previousId = Values.id(properties.get("alias"), "alias");
      }
      case "$groupidentify" -> {
        draft.type = "group";
        draft.groupId = Values.id(properties.get("$group_key"), "$group_key");
        draft.traits = Values.json(Values.map(properties.get("$group_set")));
        draft.aboutNobody = true;
        draft.userId = null;
        draft.anonymousId = null;
      }
      default -> {
        draft.type = "track";
        draft.event = event;
      }
    }
    String text = Values.json(properties);
    draft.properties = text == null ? null : objects.properties(text, draft);
  }

  /// An object, or the text of one as Parquet and CSV exports have it.
  private Map<String, @Nullable Object> object(@Nullable Object value) throws RowFault {
    return value instanceof String text && !text.isEmpty()
        ? values.object(new Slice().set(text))
        : Values.map(value);
  }

  private static void person(
      Map<String, @Nullable Object> fields, Map<String, @Nullable Object> properties, Draft draft)
      throws RowFault {
    String id = Values.id(fields.get("distinct_id"), "distinct_id");
    boolean anonymous =
        Boolean.FALSE.equals(properties.get("$is_identified"))
            || (id != null && id.equals(properties.get("$device_id")));
    draft.userId = anonymous ? null : id;
    draft.anonymousId = anonymous ? id : null;
  }

  private static void page(Draft draft, String type, @Nullable String name) {
    draft.type = type;
    draft.name = name;
  }

  private static void identify(
      Draft draft, Map<String, @Nullable Object> fields, Map<String, @Nullable Object> properties) {
    draft.type = "identify";
    Map<String, @Nullable Object> traits = new LinkedHashMap<>();
    traits.putAll(Values.map(properties.get("$set_once")));
    traits.putAll(Values.map(fields.get("$set_once")));
    traits.putAll(Values.map(properties.get("$set")));
    traits.putAll(Values.map(fields.get("$set")));
    draft.traits = Values.json(traits);
  }

  private static @Nullable String group(Map<String, @Nullable Object> groups) {
    for (String kind : ACCOUNTS) {
      if (groups.get(kind) instanceof String id && !id.isEmpty()) {
        return id;
      }
    }
    return groups.size() == 1 ? Values.text(groups.values().iterator().next()) : null;
  }

  static @Nullable String channel(@Nullable String library) {
    if (library == null) {
      return null;
    }
    return switch (Checks.lower(library)) {
      case "web", "js", "posthog-js" -> "web";
      case "ios",
          "android",
          "iphone",
          "posthog-ios",
          "posthog-android",
          "posthog-react-native",
          "posthog-flutter",
          "swift" ->
          "app";
      default -> null;
    };
  }
}
