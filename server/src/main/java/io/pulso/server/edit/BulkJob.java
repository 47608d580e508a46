package io.pulso.server.edit;

import io.pulso.engine.model.Model;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a change of many is.
///
/// @param actor who began it
/// @param done how many are changed
/// @param fault why it failed; null where it did not
/// @param secondsLeft about how long it will still take; null where that is not known
public record BulkJob(
    String id,
    String actor,
    Model.Subject kind,
    State state,
    int done,
    int total,
    @Nullable String fault,
    @Nullable Long secondsLeft) {
  /// Where it stands.
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /// The word for it.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isEnd() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }
}
