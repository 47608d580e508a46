package io.pulso.server.sample;

import io.pulso.engine.event.EventType;
import org.jspecify.annotations.Nullable;

/// One record while it is written; the pen uses the same draft again for the next. Texts are plain
/// ASCII without quotes, backslashes or control characters, numbers have at most two decimals.
final class Draft {
  private static final int ROOM = 16;

  EventType type = EventType.TRACK;
  String title = "";
  @Nullable String userId;
  @Nullable String anonymousId;
  @Nullable String previousId;
  @Nullable String groupId;
  @Nullable String channel;
  @Nullable String userAgent;
  @Nullable String campaign;
  @Nullable String network;
  String messageId = "";
  long millis;
  long receivedMillis;

  int size;
  final String[] keys = new String[ROOM];
  final @Nullable String[] texts = new @Nullable String[ROOM];
  final double[] numbers = new double[ROOM];
  private final Pen pen;

  Draft(Pen pen) {
    this.pen = pen;
  }

  Draft start(EventType type, String title, long millis) {
    this.type = type;
    this.title = title;
    this.millis = millis;
    userId = null;
    anonymousId = null;
    previousId = null;
    groupId = null;
    channel = null;
    userAgent = null;
    campaign = null;
    network = null;
    size = 0;
    return this;
  }

  /// Adds a property, or a trait of an identify or group call.
  Draft with(String key, String text) {
    keys[size] = key;
    texts[size++] = text;
    return this;
  }

  Draft with(String key, double number) {
    keys[size] = key;
    texts[size] = null;
    numbers[size++] = number;
    return this;
  }

  Draft campaign(@Nullable String name) {
    campaign = name;
    return this;
  }

  /// The network with the post that its visitor followed.
  Draft network(@Nullable String name) {
    network = name;
    return this;
  }

  Draft userAgent(@Nullable String agent) {
    userAgent = agent;
    return this;
  }

  /// Adds the visitor's id, so that it is linked to the person.
  Draft visitor(@Nullable String id) {
    anonymousId = id;
    return this;
  }

  void send() {
    pen.send(this);
  }
}
