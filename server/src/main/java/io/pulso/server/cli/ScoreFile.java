package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Kernel;
import io.pulso.server.app.OutFile;
import io.pulso.server.event.InputException;
import io.pulso.server.score.ScoreCsv;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.store.ParquetOut;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scores in a file, in the format that its name ends in.
final class ScoreFile {
  private static final List<ParquetOut.Column> COLUMNS =
      List.of(
          new ParquetOut.Column("subject", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("as_of", ParquetOut.Kind.DAY),
          new ParquetOut.Column("model", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("version", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("score", ParquetOut.Kind.POINTS),
          new ParquetOut.Column("band", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("inactive", ParquetOut.Kind.YES_NO));

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
  static ScoreFile of(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return new ScoreFile(new OutFile(path), format);
      }
    }
    if (name.startsWith("/dev/")) {
      return new ScoreFile(new OutFile(path), Format.CSV);
    }
    throw new InputException(
        "%s: scores are written as .csv, .json or .parquet; let the name end in one of these"
            .formatted(path));
  }

  void write(ScoreTable table) {
    switch (format) {
      case CSV -> file.bytes(out -> ScoreCsv.write(table, out));
      case JSON -> file.bytes(out -> json(table, out));
      case PARQUET -> parquet(table);
    }
  }

  /// An array with an object a line.
  private static void json(ScoreTable table, OutputStream to) throws IOException {
    try (OutputStream out = new BufferedOutputStream(to, 1 << 16)) {
      StringBuilder line = new StringBuilder("[");
      for (int row = 0; row < table.size(); row++) {
        line.append(row == 0 ? "\n" : ",\n");
        JsonText.write(object(table, row), line);
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
      }
      out.write((line + "\n]\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Json object(ScoreTable table, int row) {
    Long score = score(table, row);
    String band = band(table, row);
    return ScoreJson.object(
        Map.entry("subject", new Json.Str(table.ids()[row])),
        Map.entry("as_of", new Json.Str(Numbers.day(table.asOf()))),
        Map.entry("model", new Json.Str(table.use().model().name())),
        Map.entry("version", new Json.Str(table.use().version())),
        Map.entry("score", score == null ? new Json.Null() : Numbers.json(score)),
        Map.entry("band", band == null ? new Json.Null() : new Json.Str(band)),
        Map.entry("inactive", new Json.Bool(table.inactive()[row])));
  }

  private void parquet(ScoreTable table) {
    file.whole(path -> {
      try (ParquetOut out = new ParquetOut(COLUMNS)) {
        for (int i = 0; i < table.size(); i++) {
          int row = i;
          out.add(cells ->
              cells
                  .text(table.ids()[row])
                  .day(table.asOf())
                  .text(table.use().model().name())
                  .text(table.use().version())
                  .points(score(table, row))
                  .text(band(table, row))
                  .yes(table.inactive()[row]));
        }
        out.write(path);
      }
    });
  }

  private static @Nullable Long score(ScoreTable table, int row) {
    return table.scores()[row] == Kernel.UNAVAILABLE ? null : (Long) table.scores()[row];
  }

  private static @Nullable String band(ScoreTable table, int row) {
    Band band = table.band(row);
    return band == null ? null : band.id();
  }
}
