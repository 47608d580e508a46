package io.pulso.server.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mixpanel's events as its raw export and its import write them.
final class Mixpanel implements Shape {
  private static final String DEVICE = "$device:";
  private static final List<String> ENVELOPE =
      List.of(
          "time",
          "distinct_id",
          "$insert_id",
          "$user_id",
          "$device_id",
          "token",
          "mp_processing_time_ms");

  private final ObjectText objects = new ObjectText();

  @Override
  public void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault {
    Map<String, @Nullable Object> all = Values.map(fields.get("properties"));
    draft.messageId = Values.text(all.get("$insert_id"));
    draft.occurredAt = Values.time(all.get("time"), times);
    draft.receivedAt = Values.time(all.get("mp_processing_time_ms"), times);
    draft.contextChannel = PostHog.channel(Values.text(all.get("mp_lib")));
    person(all, draft);
    String event = Values.text(fields.get("event"));
    switch (event == null ? "" : event) {
      case "$mp_web_page_view" -> {
        draft.type = "page";
        draft.name = Values.text(all.get("current_page_title"));
      }
      case "$identify" -> {
        draft.type = "identify";
        draft.userId = Values.id(all.get("$identified_id"), "$identified_id");
        draft.anonymousId = Values.id(all.get("$anon_id"), "$anon_id");
      }
      case "$create_alias" -> alias(draft, all.get("distinct_id"), all.get("alias"));
      case "$merge" -> {
        if (all.get("$distinct_ids") instanceof List<?> ids && ids.size() == 2) {
          alias(draft, ids.get(0), ids.get(1));
        }
      }
      default -> {
        draft.type = "track";
        draft.event = event;
      }
    }
    Map<String, @Nullable Object> own = new LinkedHashMap<>(all);
    ENVELOPE.forEach(own::remove);
    String text = Values.json(own);
    draft.properties = text == null ? null : objects.properties(text, draft);
  }

  private static void alias(Draft draft, @Nullable Object before, @Nullable Object after)
      throws RowFault {
    draft.type = "alias";
    draft.previousId = Values.id(before, "the id before");
    draft.userId = Values.id(after, "the id after");
    draft.anonymousId = null;
  }

  private static void person(Map<String, @Nullable Object> all, Draft draft) throws RowFault {
    String id = Values.id(all.get("distinct_id"), "distinct_id");
    String user = Values.id(all.get("$user_id"), "$user_id");
    String device = Values.id(all.get("$device_id"), "$device_id");
    boolean isDevice = id != null && (id.startsWith(DEVICE) || id.equals(device));
    draft.userId = user != null ? user : isDevice ? null : id;
    draft.anonymousId =
        device != null
            ? device
            : isDevice && id != null
                ? id.substring(id.startsWith(DEVICE) ? DEVICE.length() : 0)
                : null;
  }
}
