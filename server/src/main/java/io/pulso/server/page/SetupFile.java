package io.pulso.server.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of the workspace and the file in which they stand, for the page that changes them.
/// Fields are named as in the file; [#RETENTION] and the name of a source are one field together.
public interface SetupFile {
  /// The beginning of a field that says how long events of a source are kept.
  String RETENTION = "retention.";

  /// What holds now.
  Setup setup();

  /// What the file says.
  Written read();

  /// Changes fields in the file, where nobody else has changed it, and lets them hold.
  ///
  /// @param hash of the text that the change is based on
  /// @param wanted values by field; others stay as they are
  Outcome change(String hash, Map<String, String> wanted);

  /// What the file says.
  ///
  /// @param values by field
  /// @param hash of the text
  /// @param fault what is wrong with it; null where it is right
  /// @param writable whether it can be changed here
  /// @param waiting fields that hold from the next start on
  /// @param isZoneWanted whether another time zone was asked for, so that the next start makes it
  record Written(
      Map<String, String> values,
      String hash,
      @Nullable String fault,
      boolean writable,
      List<String> waiting,
      boolean isZoneWanted) {}

  /// What became of a change.
  sealed interface Outcome {}

  /// It is written.
  record Done(List<Change> changes) implements Outcome {}

  /// Nothing is written, since somebody else changed the file.
  record Overtaken() implements Outcome {}

  /// Nothing is written, since the file cannot be.
  record Unwritable(String why) implements Outcome {}

  /// Nothing is written, since something is wrong.
  ///
  /// @param faults by field
  record Wrong(Map<String, String> faults) implements Outcome {}

  /// A field that has another value than before.
  record Change(String field, String before, String after) {}
}
