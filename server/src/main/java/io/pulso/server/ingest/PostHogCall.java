package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PostHog's events as its clients send them: some fields may stand in other places than in an
/// export.
final class PostHogCall implements Shape {
  private static final List<String> KEYS = List.of("token", "api_key", "$token");
  private static final double FARTHEST = 1e14;

  private final PostHog exported = new PostHog();
  private final @Nullable String sentAt;
  private final long now;

  /// @param sentAt when the request was sent, where its address tells it
  PostHogCall(Envelope envelope, @Nullable String sentAt, long now) {
    this.sentAt = envelope.sentAt() != null ? envelope.sentAt() : sentAt;
    this.now = now;
  }

  @Override
  public void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault {
    Map<String, @Nullable Object> call = new LinkedHashMap<>(fields);
    Map<String, @Nullable Object> properties =
        new LinkedHashMap<>(Values.map(fields.get("properties")));
    Object id = properties.get("distinct_id");
    call.putIfAbsent("distinct_id", id != null ? id : fields.get("$distinct_id"));
    KEYS.forEach(properties::remove);
    Object token = fields.get("userToken");
    draft.userToken = Values.text(token != null ? token : properties.get("userToken"));
    call.put("properties", properties);
    if (call.get("event") instanceof String event && event.isEmpty()) {
      call.remove("event");
    }
    exported.fill(call, draft, times);
    if (draft.messageId == null) {
      String other = Values.text(fields.get("messageId"));
      draft.messageId = other != null ? other : Values.text(properties.get("$insert_id"));
    }
    time(fields, properties, draft, times);
  }

  private void time(
      Map<String, @Nullable Object> fields,
      Map<String, @Nullable Object> properties,
      Draft draft,
      Times times)
      throws RowFault {
    if (draft.occurredAt != Draft.NO_TIME) {
      if (sentAt != null && !Boolean.TRUE.equals(properties.get("$ignore_sent_at"))) {
        draft.sentAt = times.read(sentAt);
      }
    } else if (fields.get("offset") instanceof Number offset) {
      double millis = offset.doubleValue();
      if (!(Math.abs(millis) < FARTHEST)) {
        throw new RowFault(RejectReason.BAD_TIMESTAMP, "the offset is too large");
      }
      draft.occurredAt = now - (long) (millis * 1_000);
    }
  }
}
