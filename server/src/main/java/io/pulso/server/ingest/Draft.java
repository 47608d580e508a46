package io.pulso.server.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record while it is read: what it says, not yet checked. The same object is filled again and
/// again.
final class Draft {
  static final long NO_TIME = Long.MAX_VALUE;

  @Nullable String type;
  @Nullable String userId;
  @Nullable String anonymousId;
  @Nullable String previousId;
  @Nullable String groupId;
  @Nullable String event;
  @Nullable String name;
  @Nullable String channel;
  @Nullable String propertiesChannel;
  @Nullable String contextChannel;
  @Nullable String contextGroupId;
  @Nullable String messageId;

  /// A proof of who the user is; never stored.
  @Nullable String userToken;

  /// The properties of an event whose format has no context: these may tell of consent.
  @Nullable Map<String, @Nullable Object> told;

  @Nullable String properties;
  @Nullable String context;
  @Nullable String traits;
  long occurredAt;
  long receivedAt;
  long originalAt;
  long sentAt;
  double value;

  /// The place of the value's key among value, revenue and total; 3 when there is none.
  int valueRank;

  /// Whether the time of receipt stands in place of one in the future.
  boolean timeFixed;

  /// What its network address tells, which may not be stored.
  int addressFlags;

  /// Whether it is about nobody, so that it needs no id.
  boolean aboutNobody;

  Draft() {
    clear();
  }

  void clear() {
    type = null;
    userId = null;
    anonymousId = null;
    previousId = null;
    groupId = null;
    event = null;
    name = null;
    channel = null;
    propertiesChannel = null;
    contextChannel = null;
    contextGroupId = null;
    messageId = null;
    userToken = null;
    told = null;
    properties = null;
    context = null;
    traits = null;
    occurredAt = NO_TIME;
    receivedAt = NO_TIME;
    originalAt = NO_TIME;
    sentAt = NO_TIME;
    timeFixed = false;
    addressFlags = 0;
    value = Double.NaN;
    valueRank = 3;
    aboutNobody = false;
  }

  /// A field of properties that may be the value; NaN where it is no number.
  void value(String key, double number) {
    int rank =
        switch (key) {
          case "value" -> 0;
          case "revenue" -> 1;
          case "total" -> 2;
          default -> 3;
        };
    if (rank < valueRank) {
      valueRank = rank;
      value = number;
    }
  }

  static boolean mayBeValue(String key) {
    return key.equals("value") || key.equals("revenue") || key.equals("total");
  }
}
