package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import io.pulso.engine.event.ReservedNames;
import io.pulso.engine.event.ReservedNames.Reserved;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules that every record must keep; makes a draft a record of the store, or says which rule
/// it breaks.
final class Checks {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_MESSAGE_ID = 100;

  final Timing timing;

  private final @Nullable String sourceChannel;
  final Guard guard;

  /// The rules for files.
  Checks(Instant now, @Nullable String sourceChannel) {
    this(new Timing.OfFile(micros(now)), sourceChannel, Guard.OF_FILES);
  }

  Checks(Timing timing, @Nullable String sourceChannel, Guard guard) {
    this.timing = timing;
    this.sourceChannel = sourceChannel;
    this.guard = guard;
  }

  static long micros(Instant instant) {
    return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1_000;
  }

  long now() {
    return timing.now();
  }

  /// The last instant that does not lie in the future.
  long latest() {
    return timing.now() + Timing.AHEAD;
  }

  Incoming check(Draft draft, int file, long line) throws RowFault {
    EventType type = type(draft);
    Reserved reserved = draft.event == null ? null : ReservedNames.find(draft.event);
    ids(draft, type, reserved);
    names(draft, type);
    String messageId = messageId(draft);
    timing.settle(draft);
    boolean firsts = guard.admit(draft, type);
    String group = draft.groupId != null ? draft.groupId : draft.contextGroupId;
    boolean call = type == EventType.IDENTIFY || type == EventType.GROUP;
    boolean noNumber = draft.valueRank < 3 && Double.isNaN(draft.value);
    return new Incoming(
        type,
        draft.userId,
        draft.anonymousId,
        draft.previousId,
        group,
        type == EventType.TRACK ? draft.event : null,
        type == EventType.PAGE || type == EventType.SCREEN ? draft.name : null,
        type.isEvent() ? channel(draft, type, reserved) : null,
        draft.occurredAt,
        draft.receivedAt == Draft.NO_TIME ? Incoming.ASSUMED : draft.receivedAt,
        messageId,
        draft.value,
        (noNumber ? Incoming.FLAG_VALUE_NOT_NUMBER : 0)
            + (draft.timeFixed ? Incoming.FLAG_TIME_FIXED : 0)
            + draft.addressFlags
            + (firsts ? Incoming.FLAG_FIRSTS : 0),
        draft.properties,
        draft.context,
        call ? draft.traits : null,
        file,
        line);
  }

  private static EventType type(Draft draft) throws RowFault {
    if (draft.type == null) {
      if (draft.event != null) {
        return EventType.TRACK;
      }
      throw new RowFault(RejectReason.BAD_TYPE, "there is no type and no event");
    }
    return switch (draft.type) {
      case "track" -> EventType.TRACK;
      case "page" -> EventType.PAGE;
      case "screen" -> EventType.SCREEN;
      case "identify" -> EventType.IDENTIFY;
      case "group" -> EventType.GROUP;
      case "alias" -> EventType.ALIAS;
      default ->
          throw new RowFault(
              RejectReason.BAD_TYPE,
              "'" + brief(draft.type) + "' is none of track, page, screen, identify, group, alias");
    };
  }

  private static void ids(Draft draft, EventType type, @Nullable Reserved reserved)
      throws RowFault {
    bounded(draft.userId, "userId");
    bounded(draft.anonymousId, "anonymousId");
    bounded(draft.previousId, "previousId");
    bounded(draft.groupId, "groupId");
    bounded(draft.contextGroupId, "context.groupId");
    boolean nobody =
        draft.aboutNobody || (type == EventType.TRACK && reserved != null && reserved.isPublic());
    if (draft.userId == null && draft.anonymousId == null && !nobody) {
      throw new RowFault(RejectReason.NO_ID, "there is no userId and no anonymousId");
    }
    if (type == EventType.GROUP && draft.groupId == null) {
      throw new RowFault(RejectReason.NO_GROUP_ID, "a group call needs a groupId");
    }
    if (type == EventType.ALIAS && draft.previousId == null) {
      throw new RowFault(RejectReason.NO_PREVIOUS_ID, "an alias call needs a previousId");
    }
    if (type == EventType.ALIAS && draft.userId == null) {
      throw new RowFault(RejectReason.NO_ID, "an alias call needs a userId");
    }
  }

  private static void bounded(@Nullable String id, String what) throws RowFault {
    if (id != null && longer(id, LONGEST_ID)) {
      throw new RowFault(
          RejectReason.BAD_ID, what + " is longer than " + LONGEST_ID + " characters");
    }
  }

  private static boolean longer(String text, int most) {
    return text.length() > most && text.codePointCount(0, text.length()) > most;
  }

  private static void names(Draft draft, EventType type) throws RowFault {
    if (type == EventType.TRACK && draft.event == null) {
      throw new RowFault(RejectReason.NO_EVENT, "a track call needs an event");
    }
    String name = type == EventType.TRACK ? draft.event : draft.name;
    if (type.isEvent() && name != null && longer(name, LONGEST_NAME)) {
      throw new RowFault(
          RejectReason.BAD_EVENT, "the name is longer than " + LONGEST_NAME + " characters");
    }
  }

  private static String messageId(Draft draft) throws RowFault {
    String id = draft.messageId;
    if (id == null) {
      throw new IllegalStateException("every record has an id by now");
    }
    if (longer(id, LONGEST_MESSAGE_ID)) {
      throw new RowFault(
          RejectReason.BAD_MESSAGE_ID,
          "the message id is longer than " + LONGEST_MESSAGE_ID + " characters");
    }
    return id;
  }

  private @Nullable String channel(Draft draft, EventType type, @Nullable Reserved reserved) {
    if (draft.channel != null) {
      return draft.channel;
    }
    if (draft.propertiesChannel != null) {
      return draft.propertiesChannel;
    }
    if (draft.contextChannel != null) {
      return draft.contextChannel;
    }
    if (type == EventType.TRACK && reserved != null && reserved.channel() != null) {
      return reserved.channel();
    }
    return switch (type) {
      case PAGE -> "web";
      case SCREEN -> "app";
      case TRACK, IDENTIFY, GROUP, ALIAS -> sourceChannel;
    };
  }

  static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
