package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.server.api.ImportJobs;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.ImportRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files that were sent, in `data/uploads` until they are imported, one at a time. What was not
/// done when the server stops is thrown away.
final class Uploads implements ImportJobs, AutoCloseable {
  private static final int WAITING = 20;
  private static final int REMEMBERED = 100;
  private static final int UNPACKED = 10;
  private static final int STOP_SECONDS = 10;

  private final Path folder;
  private final String zone;
  private final long largest;
  private final UploadWork work;
  private final Clock clock;
  private final Map<String, UploadJob> jobs = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("import").factory());

  Uploads(Workspace workspace, long largest, UploadWork work, Clock clock) {
    this.folder = workspace.folder().resolve("data").resolve("uploads");
    this.zone = workspace.settings().zone().getId();
    this.largest = largest;
    this.work = work;
    this.clock = clock;
    remove(folder);
  }

  @Override
  public long largest() {
    return largest;
  }

  @Override
  public Json.@Nullable Obj start(
      String source, String name, Map<String, String> options, InputStream body)
      throws IOException {
    Upload upload = new Upload(safe(name), options, zone, UNPACKED * largest);
    ImportRequest checked = upload.request(clock.instant());
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    UploadJob job =
        new UploadJob(id, source, upload, folder.resolve(id), clock.instant(), checked.inputs());
    if (!add(job)) {
      return null;
    }
    boolean done = false;
    try {
      Files.createDirectories(job.folder());
      receive(body, job.file());
      job.received(Files.size(job.file()));
      worker.execute(() -> run(job));
      done = true;
      return job.json();
    } finally {
      if (!done) {
        forget(job);
        remove(job.folder());
      }
    }
  }

  private synchronized boolean add(UploadJob job) {
    if (jobs.values().stream().filter(one -> !one.isEnded()).count() >= WAITING) {
      return false;
    }
    jobs.put(job.id(), job);
    if (jobs.size() > REMEMBERED) {
      jobs.values().stream()
          .filter(UploadJob::isEnded)
          .map(UploadJob::id)
          .findFirst()
          .ifPresent(jobs::remove);
    }
    return true;
  }

  private synchronized void forget(UploadJob job) {
    jobs.remove(job.id());
  }

  /// The last part of a name, with letters that mean nothing to anybody.
  private static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.-]+", "");
    return plain.isEmpty() ? "upload" : plain;
  }

  private void receive(InputStream body, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        size += read;
        if (size > largest) {
          throw new TooLarge();
        }
        out.write(buffer, 0, read);
      }
    }
    if (size == 0) {
      throw new InputException("the body is empty: it is the file that is to be imported");
    }
  }

  private void run(UploadJob job) {
    try {
      if (job.begin()) {
        work.run(job);
      }
    } finally {
      try {
        remove(job.folder());
      } finally {
        job.end(Instant.now(clock));
      }
    }
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized List<Json.Obj> list() {
    return new ArrayList<>(jobs.values()).reversed().stream().map(UploadJob::json).toList();
  }

  private synchronized @Nullable UploadJob job(String id) {
    return jobs.get(id);
  }

  @Override
  public Json.@Nullable Obj find(String id) {
    UploadJob job = job(id);
    return job == null ? null : job.json();
  }

  @Override
  public Json.@Nullable Obj cancel(String id) {
    UploadJob job = job(id);
    if (job != null) {
      job.cancel();
    }
    return job == null ? null : job.json();
  }

  /// Cancels what has not ended.
  @Override
  public void close() {
    List<UploadJob> open;
    synchronized (this) {
      open = List.copyOf(jobs.values());
    }
    open.forEach(UploadJob::cancel);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
