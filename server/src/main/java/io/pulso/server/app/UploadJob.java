package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.ingest.ImportReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One import of a file that was sent, and how far it is.
final class UploadJob {
  /// An option of the command line, which is a parameter here.
  private static final Pattern OPTION = Pattern.compile("--([a-z]+)");

  private final String id;
  private final String source;
  private final Upload upload;
  private final Path folder;
  private final Instant createdAt;
  private final String name;
  private State state = State.WAITING;
  private long bytes;
  private long bytesRead;
  private long records;
  private String mapping = "";
  private @Nullable String fault;
  private @Nullable ImportReport report;
  private @Nullable Instant endedAt;
  private boolean cancelled;
  private @Nullable Process reader;

  enum State {
    WAITING,
    READING,
    STORING,
    DONE,
    FAILED,
    CANCELLED
  }

  UploadJob(
      String id,
      String source,
      Upload upload,
      Path folder,
      Instant createdAt,
      List<String> inputs) {
    this.id = id;
    this.source = source;
    this.upload = upload;
    this.folder = folder;
    this.createdAt = createdAt;
    this.name = inputs.getFirst();
  }

  String id() {
    return id;
  }

  String source() {
    return source;
  }

  Upload upload() {
    return upload;
  }

  Path folder() {
    return folder;
  }

  Path file() {
    return folder.resolve(name);
  }

  synchronized void received(long size) {
    bytes = size;
  }

  synchronized boolean begin() {
    if (!cancelled) {
      state = State.READING;
    }
    return !cancelled;
  }

  /// The process that reads the file; it is ended when the job is cancelled.
  synchronized void readBy(Process process) {
    reader = process;
    if (cancelled) {
      process.destroyForcibly();
    }
  }

  synchronized void reached(long read, long found) {
    bytesRead = read;
    records = found;
  }

  synchronized void mapped(String how) {
    mapping = how;
  }

  synchronized boolean storing() {
    if (!cancelled) {
      state = State.STORING;
    }
    return !cancelled;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void failed(String why) {
    fault = fault == null ? OPTION.matcher(why).replaceAll("'$1'") : fault;
  }

  synchronized void stored(ImportReport counts) {
    report = counts;
  }

  synchronized void cancel() {
    cancelled = true;
    Process process = reader;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  synchronized void end(Instant at) {
    endedAt = at;
    reader = null;
    state = report != null ? State.DONE : cancelled ? State.CANCELLED : State.FAILED;
    if (state == State.FAILED && fault == null) {
      fault = "the server could not import it; its log has more";
    }
  }

  synchronized boolean isEnded() {
    return endedAt != null;
  }

  synchronized Json.Obj json() {
    ImportReport counts = report;
    Answer rejected = new Answer();
    if (counts != null) {
      counts.rejected().forEach((reason, rows) -> rejected.put(reason.word(), rows));
    }
    return new Answer()
        .put("id", id)
        .put("source", source)
        .put("name", name)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("bytes", bytes)
        .put("bytes_read", bytesRead)
        .put("records_read", counts == null ? records : counts.read())
        .put("mapping", mapping)
        .put("fault", state == State.FAILED ? fault : null)
        .put("read", counts == null ? new Json.Null() : new Json.Num(counts.read()))
        .put("stored", counts == null ? new Json.Null() : new Json.Num(counts.stored()))
        .put("duplicates", counts == null ? new Json.Null() : new Json.Num(counts.duplicates()))
        .put("replaced", counts == null ? new Json.Null() : new Json.Num(counts.replaced()))
        .put("rejected", rejected.json())
        .put("created_at", createdAt.toString())
        .put("ended_at", endedAt == null ? null : endedAt.toString())
        .json();
  }
}
