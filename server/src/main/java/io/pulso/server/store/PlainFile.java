package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Parquet file of events whose columns are parts of events as they stand.
///
/// @param number the place of the file in the list of imported files, from 0
/// @param path a file that the store may read
/// @param columns where the parts are
/// @param latest the last instant that is not in the future, in microseconds
public record PlainFile(
    int number, Path path, long rows, Columns columns, Rules rules, long latest) {
  /// Expressions over the columns, null for parts that the file does not have: texts, but for time
  /// and received (microseconds) and value (DOUBLE).
  public record Columns(
      String userId,
      String event,
      String time,
      @Nullable String received,
      String messageId,
      @Nullable String channel,
      @Nullable String value,
      @Nullable String properties) {}

  /// What can only be decided in Java. Used by several threads at once.
  public interface Rules {
    /// What events of that name and channel are; null when they must be looked at one by one.
    @Nullable Head head(@Nullable String event, @Nullable String channel);

    /// Whether properties are stored as they stand, before the value that may follow.
    boolean isPlain(String json);

    /// The properties as they are stored; empty when the row must be looked at.
    ///
    /// @param value NaN for none
    String properties(@Nullable String json, double value);
  }

  /// What rows with the same name and channel have in common.
  public record Head(
      EventType type,
      @Nullable String event,
      @Nullable String name,
      @Nullable String channel,
      int flags) {}
}
