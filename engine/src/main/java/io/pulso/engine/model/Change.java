package io.pulso.engine.model;

import org.jspecify.annotations.Nullable;

/// One difference between two models.
///
/// @param name of the activity, group or band; null for the model itself
/// @param field null where the whole part was added or removed
/// @param from as it was, null where it was not there
/// @param to as it is, null where it is not there any more
/// @param rereads whether events have to be read again; otherwise stored units are scored anew
public record Change(
    Kind kind,
    Part part,
    @Nullable String name,
    @Nullable String field,
    @Nullable String from,
    @Nullable String to,
    boolean rereads) {

  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  public enum Part {
    MODEL,
    GROUP,
    ACTIVITY,
    BAND
  }
}
