package io.pulso.server.score;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.ParquetOut;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scores as JSON and as Parquet.
public final class ScoreRows {
  private static final List<ParquetOut.Column> COLUMNS =
      List.of(
          new ParquetOut.Column("subject", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("as_of", ParquetOut.Kind.DAY),
          new ParquetOut.Column("model", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("version", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("score", ParquetOut.Kind.POINTS),
          new ParquetOut.Column("band", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("inactive", ParquetOut.Kind.YES_NO));

  private ScoreRows() {}

  /// An array with an object a line.
  public static void json(ScoreTable table, OutputStream to) throws IOException {
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
    Map<String, Json> out = new LinkedHashMap<>();
    out.put("subject", new Json.Str(table.ids()[row]));
    out.put("as_of", new Json.Str(LocalDate.ofEpochDay(table.asOf()).toString()));
    out.put("model", new Json.Str(table.use().model().name()));
    out.put("version", new Json.Str(table.use().version()));
    out.put("score", score == null ? new Json.Null() : new Json.Num(score / 1000.0));
    out.put("band", band == null ? new Json.Null() : new Json.Str(band));
    out.put("inactive", new Json.Bool(table.inactive()[row]));
    return new Json.Obj(out);
  }

  /// A Parquet file, whatever stood there.
  public static void parquet(ScoreTable table, Path path) {
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
  }

  private static @Nullable Long score(ScoreTable table, int row) {
    return table.scores()[row] == Kernel.UNAVAILABLE ? null : (Long) table.scores()[row];
  }

  private static @Nullable String band(ScoreTable table, int row) {
    Band band = table.band(row);
    return band == null ? null : band.id();
  }
}
