package io.pulso.server.ingest;

/// Is told how far an import is, always by the thread that reads.
public interface Progress {
  /// An import begins.
  ///
  /// @param bytes the size of all files, 0 where it is not known
  void begin(long bytes);

  /// A file begins.
  ///
  /// @param mapping which column is what, a line a part; empty where the format says it
  void file(String name, String format, String mapping);

  /// So much of all files has been read by now.
  void reached(long bytes, long records);

  /// Everything has been read; what is left is the store's work.
  void storing();

  /// Tells nobody.
  Progress NONE =
      new Progress() {
        @Override
        public void begin(long bytes) {}

        @Override
        public void file(String name, String format, String mapping) {}

        @Override
        public void reached(long bytes, long records) {}

        @Override
        public void storing() {}
      };
}
