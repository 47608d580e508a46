package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;

/// What a record must pass after the rules that hold for all of them, and what is taken out of it.
interface Guard {
  /// Files are brought by people who may do everything, and stand as they are.
  Guard OF_FILES =
      new Guard() {
        @Override
        public boolean admit(Draft draft, EventType type) {
          return false;
        }

        @Override
        public boolean isDeclined(String context) {
          return false;
        }
      };

  /// Takes out of a draft what shall not be kept, or says why the record is refused.
  ///
  /// @return whether it has words that its source has not used before
  boolean admit(Draft draft, EventType type) throws RowFault;

  /// Whether a context tells that the person did not agree.
  boolean isDeclined(String context);
}
