package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Runs imports of small files and checks that nothing was lost.
final class Imports {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final Path folder;
  RecordingLoad load = new RecordingLoad();

  Imports(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ImportReport text(String name, String text) {
    return text(name, text, UnaryOperator.identity());
  }

  ImportReport text(String name, String text, UnaryOperator<ImportRequest> options) {
    return file(write(name, text), options);
  }

  ImportReport bytes(String name, byte[] bytes) {
    return file(write(name, bytes), UnaryOperator.identity());
  }

  ImportReport file(Path file, UnaryOperator<ImportRequest> options) {
    return run(List.of(file.toString()), options);
  }

  ImportReport run(List<String> inputs, UnaryOperator<ImportRequest> options) {
    load = load.next();
    ImportReport report =
        Importer.run(options.apply(ImportRequest.of(inputs, NOW)), load, Progress.NONE);
    adds(report);
    return report;
  }

  /// read = stored + duplicates + Σ rejected, and each of them was handed over.
  void adds(ImportReport report) {
    assertThat(report.stored() + report.duplicates() + report.rejectedTotal())
        .isEqualTo(report.read());
    assertThat(load.rows).hasSize((int) (report.stored() + report.duplicates()));
    assertThat(load.rejected).hasSize((int) report.rejectedTotal());
    assertThat(load.committed).isTrue();
  }

  static void counts(ImportReport report, long stored, Map<RejectReason, Long> rejected) {
    assertThat(report.rejected()).isEqualTo(rejected);
    assertThat(report.stored()).isEqualTo(stored);
    assertThat(report.duplicates()).isZero();
  }

  static long micros(String instant) {
    return Checks.micros(Instant.parse(instant));
  }
}
