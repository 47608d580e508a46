package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import org.jspecify.annotations.Nullable;

/// One checked record on its way into the store. JSON texts are canonical
/// ([io.pulso.engine.json.JsonText]) and null when empty; instants are microseconds.
///
/// @param groupId the group of a group call, else `context.groupId`
/// @param receivedAt [#ASSUMED] when the input does not tell it: then it equals `occurredAt`
/// @param value NaN when there is none or it is no number
/// @param flags a sum of the `FLAG_…` bits
/// @param file the place of the file in the list of imported files, from 0
/// @param line the line or row in that file, from 1
public record Incoming(
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
    String messageId,
    double value,
    int flags,
    @Nullable String properties,
    @Nullable String context,
    @Nullable String traits,
    int file,
    long line) {
  public static final long ASSUMED = Long.MIN_VALUE;

  /// `value`, `revenue` or `total` is there but is no number.
  public static final int FLAG_VALUE_NOT_NUMBER = 1;

  /// The client's clock was in the future, so the time of receipt stands.
  public static final int FLAG_TIME_FIXED = 2;

  /// It is a daily total: what is told of the same figure later takes its place. The first half of
  /// its message id says which figure it is.
  public static final int FLAG_TOTAL = 1 << 12;

  /// It has words that its source has not used before; not stored with it.
  public static final int FLAG_FIRSTS = 1 << 20;

  /// It came from one of the company's own networks, by an address that may not be stored.
  public static final int FLAG_OWN_NETWORK = 1 << 10;

  /// It came from a mail scanner's network, by an address that may not be stored.
  public static final int FLAG_SCANNER_NETWORK = 1 << 11;

  /// The same as a daily total.
  public Incoming asTotal(String nextMessageId, long nextReceivedAt) {
    return new Incoming(
        type,
        userId,
        anonymousId,
        previousId,
        groupId,
        event,
        name,
        channel,
        occurredAt,
        nextReceivedAt,
        nextMessageId,
        value,
        flags | FLAG_TOTAL,
        properties,
        context,
        traits,
        file,
        line);
  }
}
