package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import io.pulso.server.store.Load;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Imports files into the store: one thread reads, another appends.
public final class Importer {
  private Importer() {}

  /// Reads all that the request names and commits it; when it fails or is interrupted nothing is
  /// committed. What the user can mend is an [InputException], an interruption a
  /// `CancellationException`.
  public static ImportReport run(ImportRequest request, Load load, Progress progress) {
    List<Input> inputs = Inputs.find(request.inputs());
    progress.begin(inputs.stream().mapToLong(Input::bytes).sum());
    Reading reading = new Reading(request, progress);
    return run(reading, load, inputs.size(), intake -> read(inputs, reading, intake));
  }

  /// A file that a request names.
  ///
  /// @param path null for the standard input
  public record Named(String name, @Nullable Path path) {}

  /// All files that a request names, in the order in which they are read.
  public static List<Named> files(ImportRequest request) {
    return Inputs.find(request.inputs()).stream()
        .map(input -> new Named(input.name(), input.path()))
        .toList();
  }

  /// The Parquet files among what the request names.
  public static List<Path> parquet(ImportRequest request) {
    List<Path> files = new ArrayList<>();
    for (Input input : Inputs.find(request.inputs())) {
      Path path = input.path();
      if (path != null && isParquet(input, path, request.format())) {
        files.add(path);
      }
    }
    return files;
  }

  /// Reads rejected records again, by the rules of the request; its inputs are not read. Every
  /// record counts as read once more.
  public static ImportReport replay(
      List<Rejected> rejected, ImportRequest request, Load load, Progress progress) {
    Reading reading = new Reading(request, progress);
    return run(reading, load, 0, intake -> new Replay(reading, intake).read(rejected));
  }

  /// What hands records to an intake.
  interface Work {
    void run(Intake intake);
  }

  static ImportReport run(Reading reading, Load load, long files, Work work) {
    Intake intake;
    try (Conveyor conveyor = new Conveyor(load)) {
      intake = new Intake(conveyor);
      work.run(intake);
      intake.flush();
      reading.progress.storing();
      conveyor.finish();
    }
    Load.Counts counts = load.commit();
    if (counts.stored() + counts.duplicates() + counts.erased() != intake.kept()) {
      throw new IllegalStateException(
          intake.kept() + " records were appended, but the store counts " + counts);
    }
    SortedMap<RejectReason, Long> rejected = intake.rejected();
    if (counts.erased() > 0) {
      rejected.put(RejectReason.ERASED, counts.erased());
    }
    return new ImportReport(
        files, intake.read(), counts.stored(), counts.duplicates(), counts.replaced(), rejected);
  }

  private static void read(List<Input> inputs, Reading reading, Intake intake) {
    long before = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      intake.begin(i, input.name());
      reading.ids.reset();
      read(input, reading, intake, before);
      before += input.bytes();
      reading.progress.reached(before, intake.read());
    }
  }

  private static void read(Input input, Reading reading, Intake intake, long before) {
    Path path = input.path();
    if (path != null && isParquet(input, path, reading.request.format())) {
      new ParquetFile(reading, intake, input, before).read(path);
      return;
    }
    try (InputStream raw = input.open(reading.request.standardInput());
        Unpacked unpacked = Unpacked.open(input.name(), raw, reading.request.largest())) {
      new TextFile(reading, intake, input.name())
          .read(unpacked, () -> before + unpacked.packedBytes());
    } catch (IOException e) {
      throw Input.unreadable(input.name(), e);
    }
  }

  /// Whether the file begins like Parquet, or is said or named to be.
  private static boolean isParquet(Input input, Path path, @Nullable Format said) {
    try (InputStream in = Files.newInputStream(path)) {
      boolean begins = Unpacked.begins(in.readNBytes(4), 'P', 'A', 'R', '1');
      String name = input.name();
      if (!begins && (said == Format.PARQUET || name.endsWith(".parquet"))) {
        throw new InputException(name + ": is no Parquet file; it does not begin with PAR1");
      }
      return begins;
    } catch (IOException e) {
      throw Input.unreadable(input.name(), e);
    }
  }
}
