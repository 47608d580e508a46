package io.pulso.server.api;

import io.pulso.server.store.Compaction;
import io.pulso.server.store.Erasures;
import io.pulso.server.store.Objections;
import java.io.OutputStream;

/// Forgets people and makes backups, while events come in.
public interface Keeping {
  /// Forgets a person with all ids that belong to the given one.
  ///
  /// @param reason for people; empty for none
  /// @param now whether it is gone from the disk too when this returns
  Erasures.Result forget(String id, String reason, boolean now);

  /// Keeps a person out of scores.
  ///
  /// @param author who enters it
  /// @param note for people; empty for none
  Objections.Standing object(String id, String author, String note);

  /// Takes a person's objections back.
  ///
  /// @param author who does it
  Objections.Standing withdraw(String id, String author);

  /// Writes the store into a new file, without what was erased.
  Compaction.Sizes rewrite();

  /// A backup whose bytes can be written.
  Download backup();

  /// A file that is written as it is made.
  interface Download extends AutoCloseable {
    void write(OutputStream out);

    @Override
    void close();
  }
}
