package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record in the making; [Samples#world] gives it a messageId when it has none.
public final class Draft {
  private final EventType type;
  private final long occurredAt;
  private @Nullable String userId;
  private @Nullable String anonymousId;
  private @Nullable String previousId;
  private @Nullable String groupId;
  private @Nullable String event;
  private @Nullable String name;
  private @Nullable String channel;
  private @Nullable Long receivedAt;
  private @Nullable String messageId;
  private String source = "web";
  private boolean trusted;
  private int times = 1;
  private final Map<String, Json> properties = new LinkedHashMap<>();
  private final Map<String, Json> context = new LinkedHashMap<>();
  private final Map<String, Json> traits = new LinkedHashMap<>();

  Draft(EventType type, String occurredAt) {
    this.type = type;
    this.occurredAt = micros(occurredAt);
  }

  static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  public Draft user(@Nullable String id) {
    userId = id;
    return this;
  }

  public Draft anonymous(String id) {
    anonymousId = id;
    return this;
  }

  Draft previous(String id) {
    previousId = id;
    return this;
  }

  /// The group of a group call, else `context.groupId`.
  public Draft group(String id) {
    groupId = id;
    if (type != EventType.GROUP) {
      context.put("groupId", new Json.Str(id));
    }
    return this;
  }

  Draft event(String text) {
    event = text;
    return this;
  }

  Draft name(String text) {
    name = text;
    return this;
  }

  public Draft channel(String text) {
    channel = text;
    return this;
  }

  public Draft received(String instant) {
    receivedAt = micros(instant);
    return this;
  }

  public Draft id(String id) {
    messageId = id;
    return this;
  }

  public Draft source(String text) {
    source = text;
    return this;
  }

  public Draft trusted() {
    trusted = true;
    return this;
  }

  /// So many records that differ in nothing but their messageId.
  public Draft times(int count) {
    times = count;
    return this;
  }

  /// A property from a text, number, boolean, null or [Json].
  public Draft with(String key, @Nullable Object value) {
    properties.put(key, Samples.json(value));
    return this;
  }

  public Draft context(String key, @Nullable Object value) {
    context.put(key, Samples.json(value));
    return this;
  }

  public Draft trait(String key, @Nullable Object value) {
    traits.put(key, Samples.json(value));
    return this;
  }

  int times() {
    return times;
  }

  /// The record, with a messageId made of its number when it has none.
  Event build(int number) {
    return new Event(
        type,
        userId,
        anonymousId,
        previousId,
        groupId,
        event,
        name,
        channel,
        occurredAt,
        receivedAt == null ? occurredAt : receivedAt,
        receivedAt == null,
        messageId == null ? "m" + number : messageId,
        source,
        trusted,
        new Json.Obj(Map.copyOf(properties)),
        new Json.Obj(Map.copyOf(context)),
        new Json.Obj(Map.copyOf(traits)));
  }
}
