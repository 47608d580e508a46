package io.pulso.server.app;

import io.pulso.server.door.Busy;
import io.pulso.server.edit.Wire;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.journal.Journal;
import io.pulso.server.store.StoreBusy;

/// The way of records over the journal.
record JournalWire(Journal journal, Backlog backlog) implements Wire {
  @Override
  public void send(Arrival arrival) {
    try {
      Journals.keep(journal, arrival);
    } catch (Busy e) {
      throw new StoreBusy(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void await() {
    backlog.await();
  }
}
