package io.pulso.engine.event;

import io.pulso.engine.json.Json;
import org.jspecify.annotations.Nullable;

/// One stored record: who did what, when, on which channel.
///
/// Instants are microseconds since 1970-01-01T00:00Z.
///
/// @param userId the known id of the person, null before it is known
/// @param anonymousId the id of the device or browser
/// @param previousId the id that an alias call links to `userId`
/// @param groupId the group of a group call, else `context.groupId`
/// @param event the name of a track call; null for the other types
/// @param name the name of a page or screen; null for the other types
/// @param channel web, app, email, …; null when nothing tells it
/// @param receivedAt when the record was received; equals `occurredAt` where that is assumed
/// @param source the name of the source that sent it
/// @param trusted whether that source is a server
public record Event(
    EventType type,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String previousId,
    @Nullable String groupId,
    @Nullable String event,
    @Nullable String name,
    @Nullable String channel,
    long occurredAt,
    long receivedAt,
    boolean receivedAssumed,
    String messageId,
    String source,
    boolean trusted,
    Json.Obj properties,
    Json.Obj context,
    Json.Obj traits) {

  /// The first of `properties.value`, `revenue`, `total` that is present and not null.
  public @Nullable Json value() {
    for (String key : new String[] {"value", "revenue", "total"}) {
      Json found = properties.get(key);
      if (found != null && !(found instanceof Json.Null)) {
        return found;
      }
    }
    return null;
  }

  /// The id that starts the way to the subject: the user's, else the anonymous one.
  public @Nullable String person() {
    return userId != null ? userId : anonymousId;
  }
}
