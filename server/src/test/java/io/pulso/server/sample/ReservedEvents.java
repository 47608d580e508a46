package io.pulso.server.sample;

import io.pulso.engine.event.ReservedNames;
import org.jspecify.annotations.Nullable;

/// What the table of reserved names says of an event.
final class ReservedEvents {
  private ReservedEvents() {}

  static @Nullable String channel(@Nullable String event) {
    ReservedNames.Reserved found = event == null ? null : ReservedNames.find(event);
    return found == null ? null : found.channel();
  }

  static boolean isPublic(String event) {
    ReservedNames.Reserved found = ReservedNames.find(event);
    return found != null && found.isPublic();
  }
}
