package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Answer;
import io.pulso.server.app.OutFile;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Histories;
import io.pulso.server.store.ParquetOut;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A history in a file, in the format that its name ends in, written score by score as it comes.
final class HistoryFile {
  private static final List<ParquetOut.Column> COLUMNS =
      List.of(
          new ParquetOut.Column("subject", ParquetOut.Kind.TEXT),
          new ParquetOut.Column("day", ParquetOut.Kind.DAY),
          new ParquetOut.Column("score", ParquetOut.Kind.POINTS),
          new ParquetOut.Column("band", ParquetOut.Kind.TEXT));

  private final OutFile file;
  private final Format format;

  private enum Format {
    CSV,
    JSON,
    PARQUET
  }

  private HistoryFile(OutFile file, Format format) {
    this.file = file;
    this.format = format;
  }

  /// What hands the scores to a sink.
  interface Reading {
    void into(Histories.Sink sink);
  }

  /// The file of that name; an ending that is not known is refused before anything is worked out.
  static HistoryFile of(Path path, Console console) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return new HistoryFile(console.file(path), format);
      }
    }
    if (name.startsWith("/dev/")) {
      return new HistoryFile(console.file(path), Format.CSV);
    }
    throw new InputException(
        "%s: histories are written as .csv, .json or .parquet; let the name end in one of these"
            .formatted(path));
  }

  /// Writes all scores; gives their number.
  long write(Reading reading) {
    long[] rows = {0};
    Reading counted =
        sink ->
            reading.into((id, day, score, band) -> {
              rows[0]++;
              sink.take(id, day, score, band);
            });
    switch (format) {
      case CSV -> file.bytes(out -> text(out, to -> csv(counted, to)));
      case JSON -> file.bytes(out -> text(out, to -> json(counted, to)));
      case PARQUET -> parquet(counted);
    }
    return rows[0];
  }

  private interface Writing {
    void into(Appendable out) throws IOException;
  }

  private static void text(OutputStream to, Writing writing) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8))) {
      writing.into(out);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void csv(Reading reading, Appendable out) {
    append(out, "subject,day,score,band\n");
    reading.into((id, day, score, band) -> {
      append(out, Csv.field(id) + "," + Numbers.day(day) + ",");
      append(out, score == Kernel.UNAVAILABLE ? "" : Numbers.exact(score));
      append(out, "," + (band == null ? "" : Csv.field(band.id())) + "\n");
    });
  }

  /// Writes an array with an object a line.
  static void json(Reading reading, Appendable out) {
    append(out, "[");
    String[] before = {"\n"};
    reading.into((id, day, score, band) -> {
      append(out, before[0] + JsonText.write(row(id, day, score, band)));
      before[0] = ",\n";
    });
    append(out, "\n]\n");
  }

  private static Json row(String id, int day, long score, @Nullable Band band) {
    return new Answer()
        .put("subject", id)
        .day("day", day)
        .milli("score", score == Kernel.UNAVAILABLE ? null : (Long) score)
        .put("band", band == null ? null : band.id())
        .json();
  }

  private void parquet(Reading reading) {
    file.whole(path -> {
      try (ParquetOut out = new ParquetOut(COLUMNS)) {
        reading.into((id, day, score, band) ->
            out.add(cells ->
                cells
                    .text(id)
                    .day(day)
                    .points(score == Kernel.UNAVAILABLE ? null : (Long) score)
                    .text(band == null ? null : band.id())));
        out.write(path);
      }
    });
  }

  private static void append(Appendable out, String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
