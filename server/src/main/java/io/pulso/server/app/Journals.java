package io.pulso.server.app;

import io.pulso.server.door.Busy;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.ArrivalCodec;
import io.pulso.server.journal.Journal;
import io.pulso.server.journal.JournalFailed;
import io.pulso.server.journal.JournalFull;
import java.nio.file.Path;
import java.time.Duration;

/// The journal of a workspace.
final class Journals {
  private static final System.Logger LOG = System.getLogger(Journals.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Journals() {}

  static Path folder(Workspace workspace) {
    return workspace.folder().resolve("data").resolve("journal");
  }

  /// Opens it.
  ///
  /// @param loaded the position up to which everything is in the store
  static Journal open(Workspace workspace, ServerSettings settings, long loaded) {
    Journal.Settings usual = Journal.Settings.DEFAULT;
    Journal journal =
        Journal.open(
            folder(workspace),
            new Journal.Settings(
                usual.segmentBytes(),
                Math.max(usual.largestRecord(), 3 * settings.requestBytes() + 65_536),
                (long) settings.journalMegabytes() << 20,
                usual.mostWaiting()),
            loaded);
    if (journal.recovery().missing() > 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal lacks {0} bytes that the store has loaded: its folder is older than the store",
          journal.recovery().missing());
    }
    if (journal.first() > loaded) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the store lacks {0} bytes of events that the journal no longer has: the store is older",
          journal.first() - loaded);
    }
    return journal;
  }

  /// Makes an arrival durable.
  static void keep(Journal journal, Arrival arrival) throws Busy {
    try {
      journal.append(ArrivalCodec.encode(arrival));
    } catch (JournalFull e) {
      throw new Busy("too much waits to be stored; nothing of this request was taken", PAUSE);
    } catch (JournalFailed e) {
      LOG.log(System.Logger.Level.ERROR, "an arrival could not be made durable", e);
      throw new Busy("the journal cannot be written; nothing of this request was taken", PAUSE);
    }
  }
}
