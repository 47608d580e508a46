package io.pulso.server.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amplitude's events as its export and its HTTP API write them.
final class Amplitude implements Shape {
  private static final List<String> OPERATIONS = List.of("$setOnce", "$set");
  private static final String PAGE = "[Amplitude] Page Viewed";

  private final ObjectText objects = new ObjectText();

  @Override
  public void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault {
    draft.messageId = first(fields, "$insert_id", "insert_id", "uuid");
    draft.occurredAt = Values.time(either(fields, "event_time", "time"), times);
    draft.receivedAt =
        Values.time(either(fields, "server_received_time", "server_upload_time"), times);
    draft.userId = Values.id(fields.get("user_id"), "user_id");
    draft.anonymousId = Values.id(either(fields, "device_id", "amplitude_id"), "device_id");
    draft.contextChannel = PostHog.channel(Values.text(fields.get("platform")));
    draft.contextGroupId = group(Values.map(fields.get("groups")));
    Map<String, @Nullable Object> properties =
        new LinkedHashMap<>(Values.map(fields.get("event_properties")));
    revenue(fields, properties);
    String event = Values.text(fields.get("event_type"));
    switch (event == null ? "" : event) {
      case "$identify" -> {
        draft.type = "identify";
        draft.traits = Values.json(traits(Values.map(fields.get("user_properties"))));
      }
      case "$groupidentify" -> {
        draft.type = "group";
        draft.groupId = draft.contextGroupId;
        draft.traits = Values.json(traits(Values.map(fields.get("group_properties"))));
        draft.aboutNobody = true;
      }
      case PAGE -> {
        draft.type = "page";
        draft.name = Values.text(properties.get("[Amplitude] Page Title"));
      }
      default -> {
        draft.type = "track";
        draft.event = event;
      }
    }
    String text = Values.json(properties);
    draft.properties = text == null ? null : objects.properties(text, draft);
  }

  private static @Nullable Object either(
      Map<String, @Nullable Object> fields, String one, String other) {
    Object value = fields.get(one);
    return value == null || value.equals("") ? fields.get(other) : value;
  }

  private static @Nullable String first(Map<String, @Nullable Object> fields, String... keys) {
    for (String key : keys) {
      String text = Values.text(fields.get(key));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /// Revenue is kept under the name that counts as the value.
  private static void revenue(
      Map<String, @Nullable Object> fields, Map<String, @Nullable Object> properties) {
    Object revenue = either(properties, "$revenue", "revenue");
    Object stated = revenue == null ? fields.get("revenue") : revenue;
    if (stated != null) {
      properties.remove("$revenue");
      properties.put("revenue", stated);
    }
  }

  private static Map<String, @Nullable Object> traits(Map<String, @Nullable Object> operations) {
    if (OPERATIONS.stream().noneMatch(operations::containsKey)) {
      return operations;
    }
    Map<String, @Nullable Object> traits = new LinkedHashMap<>();
    OPERATIONS.forEach(operation -> traits.putAll(Values.map(operations.get(operation))));
    return traits;
  }

  private static @Nullable String group(Map<String, @Nullable Object> groups) {
    if (groups.size() != 1) {
      return null;
    }
    Object only = groups.values().iterator().next();
    return only instanceof List<?> ids && ids.size() == 1
        ? Values.text(ids.get(0))
        : Values.text(only);
  }
}
