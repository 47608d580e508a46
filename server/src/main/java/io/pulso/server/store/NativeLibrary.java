package io.pulso.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/// The database's library, which its driver unpacks into the folder for temporary files (60 MB) and
/// removes when the process ends in peace. Here its name is removed as soon as it is loaded, where
/// the system allows that, so that killed processes leave nothing.
final class NativeLibrary {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern UNPACKED =
      Pattern.compile("(/\\S.*/libduckdb_java\\d+\\.so)$", Pattern.MULTILINE);

  private static final AtomicBoolean DONE = new AtomicBoolean();

  private NativeLibrary() {}

  /// Opens a database.
  ///
  /// @param path its file; empty for one in memory
  static DuckDBConnection open(String path, Properties settings) throws SQLException {
    DuckDBConnection opened =
        DriverManager.getConnection("jdbc:duckdb:" + path, settings).unwrap(DuckDBConnection.class);
    if (DONE.compareAndSet(false, true)) {
      forgetName();
    }
    return opened;
  }

  private static void forgetName() {
    try {
      if (Files.isReadable(MAPS)) {
        Matcher line = UNPACKED.matcher(Files.readString(MAPS, StandardCharsets.ISO_8859_1));
        if (line.find()) {
          Files.deleteIfExists(Path.of(line.group(1)));
        }
      }
    } catch (IOException e) {
      // It stays until the process ends.
      return;
    }
  }
}
