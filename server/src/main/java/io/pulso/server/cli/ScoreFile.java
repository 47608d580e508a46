package io.pulso.server.cli;

import io.pulso.server.app.OutFile;
import io.pulso.server.event.InputException;
import io.pulso.server.score.ScoreCsv;
import io.pulso.server.score.ScoreRows;
import io.pulso.server.score.ScoreTable;
import java.nio.file.Path;
import java.util.Locale;

/// Scores in a file, in the format that its name ends in.
final class ScoreFile {
  private final OutFile file;
  private final Format format;

  enum Format {
    CSV,
    JSON,
    PARQUET
  }

  private ScoreFile(OutFile file, Format format) {
    this.file = file;
    this.format = format;
  }

  /// The file of that name; an ending that is not known is refused before anything is worked out.
  static ScoreFile of(Path path, Console console) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return new ScoreFile(console.file(path), format);
      }
    }
    if (name.startsWith("/dev/")) {
      return new ScoreFile(console.file(path), Format.CSV);
    }
    throw new InputException(
        "%s: scores are written as .csv, .json or .parquet; let the name end in one of these"
            .formatted(path));
  }

  void write(ScoreTable table) {
    switch (format) {
      case CSV -> file.bytes(out -> ScoreCsv.write(table, out));
      case JSON -> file.bytes(out -> ScoreRows.json(table, out));
      case PARQUET -> file.whole(path -> ScoreRows.parquet(table, path));
    }
  }
}
