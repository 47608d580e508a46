package io.pulso.server.app;

import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.ArrivalCodec;
import io.pulso.server.ingest.Frames;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Imports one file that was sent: a process of its own reads it, within bounds of memory and time,
/// and what it finds is kept beside it; then all of it is stored in one transaction. So the store
/// is not held up while a file is read.
final class UploadWork {
  private static final System.Logger LOG = System.getLogger(UploadWork.class.getName());
  private static final int TIMES = 20;

  /// It writes nothing but the library of the database, and that into a folder of its own.
  private static final long FILE_BYTES = 256L << 20;

  private static final int OPEN_FILES = 512;

  private final Workspace workspace;
  private final Store store;
  private final Clock clock;
  private final Bounds bounds;
  private final Runnable stored;

  /// What a reading process may take.
  ///
  /// @param megabytes of memory
  record Bounds(int megabytes, int minutes) {}

  /// @param stored is told when records were stored, by the thread that imports
  UploadWork(Workspace workspace, Store store, Clock clock, Bounds bounds, Runnable stored) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
    this.bounds = bounds;
    this.stored = stored;
  }

  /// Imports it; what became of it is told to the job.
  void run(UploadJob job) {
    Path found = job.folder().resolve("found.part");
    try {
      if (read(job, found) && job.storing()) {
        store(job, found);
      }
    } catch (InputException e) {
      job.failed(String.valueOf(e.getMessage()));
    } catch (IOException | StoreException | IllegalArgumentException e) {
      System.Logger.Level level =
          job.isCancelled() ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
      LOG.log(level, "an upload could not be imported", e);
    }
  }

  /// Reads the file; false when it cannot be read to its end.
  private boolean read(UploadJob job, Path found) throws IOException {
    Process process = start(job);
    job.readBy(process);
    CompletableFuture<?> late =
        process
            .onExit()
            .orTimeout(bounds.minutes(), TimeUnit.MINUTES)
            .exceptionally(e -> {
              job.failed(
                  "reading it took longer than %d minutes (setting import_minutes)"
                      .formatted(bounds.minutes()));
              return process.destroyForcibly();
            });
    try (OutputStream options = process.getOutputStream()) {
      options.write(JsonText.write(job.upload().json()).getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(found), 1 << 16)) {
      return read(job, in, out);
    } finally {
      process.destroyForcibly();
      late.join();
    }
  }

  private boolean read(UploadJob job, InputStream in, OutputStream out) throws IOException {
    long most = TIMES * job.upload().largest();
    long size = 0;
    for (Frames.Frame frame = Frames.read(in); frame != null; frame = Frames.read(in)) {
      switch (frame.kind()) {
        case ARRIVAL -> {
          size += frame.bytes().length;
          if (size > most) {
            throw new InputException("there is more in it than one import may bring");
          }
          Frames.write(out, Frames.Kind.ARRIVAL, frame.bytes());
        }
        case REACHED -> {
          String[] parts = frame.text().split(" ", 2);
          job.reached(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
        case MAPPING -> job.mapped(frame.text());
        case FAULT -> {
          job.failed(frame.text());
          return false;
        }
        case END -> {
          return true;
        }
      }
    }
    if (!job.isCancelled()) {
      job.failed(
          "the process that read it ended early, perhaps for want of memory (setting import_megabytes is %d)"
              .formatted(bounds.megabytes()));
    }
    return false;
  }

  private Process start(UploadJob job) throws IOException {
    Path temporary = Files.createDirectories(job.folder().resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + bounds.megabytes() + "m",
            "-XX:MaxDirectMemorySize=" + bounds.megabytes() + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary.toAbsolutePath(),
            "-cp",
            classPath(),
            DecodeProcess.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(confined(command)).directory(job.folder().toFile());
    builder.environment().clear();
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// Within the limits of the operating system, where it can set them.
  private List<String> confined(List<String> command) {
    long minutes = (long) bounds.minutes() * Runtime.getRuntime().availableProcessors();
    Confines confines = new Confines(FILE_BYTES, OPEN_FILES, minutes * 60);
    if (confines.areAvailable()) {
      return confines.around(command);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "/bin/sh cannot set limits here: an upload is read without bounds on open files, sizes of files and processor time");
    return command;
  }

  private static String classPath() {
    String separator = System.getProperty("path.separator");
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(separator, -1)) {
      if (!part.isEmpty()) {
        parts.add(Path.of(part).toAbsolutePath().toString());
      }
    }
    return String.join(separator, parts);
  }

  private void store(UploadJob job, Path found) throws IOException {
    SortedMap<RejectReason, Long> rejected = new TreeMap<>();
    String name = String.valueOf(job.file().getFileName());
    List<io.pulso.engine.model.Model> models =
        new Models(workspace, store, Models.Asker.PROGRAM)
            .usable(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(found), 1 << 16);
        Load load = store.load(job.source(), true, name, clock, models)) {
      long rows = 0;
      for (Frames.Frame frame = Frames.read(in); frame != null; frame = Frames.read(in)) {
        if (job.isCancelled()) {
          return;
        }
        Arrival arrival = ArrivalCodec.decode(frame.bytes());
        for (Incoming row : arrival.rows()) {
          load.append(row);
        }
        for (Rejected row : arrival.rejects()) {
          load.reject(row);
          rejected.merge(row.reason(), 1L, Long::sum);
        }
        rows += arrival.rows().size() + arrival.rejects().size();
      }
      Load.Counts counts = load.commit();
      stored.run();
      job.stored(
          new ImportReport(
              1, rows, counts.stored(), counts.duplicates(), counts.replaced(), rejected));
    }
  }
}
