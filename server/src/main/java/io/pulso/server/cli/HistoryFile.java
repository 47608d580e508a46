package io.pulso.server.cli;

import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Kernel;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Histories;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes a history, score by score as it comes.
final class HistoryFile {
  private HistoryFile() {}

  /// What hands the scores to a sink.
  interface Reading {
    void into(Histories.Sink sink);
  }

  /// Writes a file of the kind that its name says; gives the number of scores.
  static long write(Path file, Reading reading) {
    boolean isCsv = file.toString().endsWith(".csv");
    if (!isCsv && !file.toString().endsWith(".json")) {
      throw new InputException("--output: %s must end in .csv or .json".formatted(file));
    }
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      return isCsv ? writeCsv(out, reading) : writeJson(out, reading);
    } catch (IOException e) {
      throw unwritable(file, e);
    } catch (UncheckedIOException e) {
      throw unwritable(file, e.getCause());
    }
  }

  private static InputException unwritable(Path file, @Nullable Throwable e) {
    return new InputException("cannot write %s: %s".formatted(file, e), e);
  }

  private static long writeCsv(Appendable out, Reading reading) throws IOException {
    out.append("subject,day,score,band\n");
    long[] rows = {0};
    reading.into((id, day, score, band) -> {
      rows[0]++;
      append(
          out,
          "%s,%s,%s,%s\n"
              .formatted(
                  Csv.field(id),
                  Numbers.day(day),
                  score == Kernel.UNAVAILABLE ? "" : Numbers.exact(score),
                  band == null ? "" : Csv.field(band.id())));
    });
    return rows[0];
  }

  static long writeJson(Appendable out, Reading reading) {
    append(out, "[");
    long[] rows = {0};
    reading.into((id, day, score, band) -> {
      append(out, rows[0]++ == 0 ? "\n" : ",\n");
      append(out, JsonText.write(row(id, day, score, band)));
    });
    append(out, rows[0] == 0 ? "]" : "\n]");
    return rows[0];
  }

  private static io.pulso.engine.json.Json row(
      String id, int day, long score, @Nullable Band band) {
    return new Answer()
        .put("subject", id)
        .day("day", day)
        .milli("score", score == Kernel.UNAVAILABLE ? null : (Long) score)
        .put("band", band == null ? null : band.id())
        .json();
  }

  private static void append(Appendable out, String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
