package io.pulso.server.page.data;

import io.pulso.engine.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One import as its page shows it.
///
/// @param state `waiting`, `reading`, `storing`, `done`, `failed` or `cancelled`
/// @param secondsLeft until it is read; null where that cannot be told
/// @param fault why it failed; null where it did not
/// @param createdAt in microseconds
public record ImportLine(
    String id,
    String source,
    String name,
    String state,
    long bytes,
    long bytesRead,
    long records,
    long stored,
    long duplicates,
    long replaced,
    Map<String, Long> rejected,
    String mapping,
    @Nullable Long secondsLeft,
    @Nullable String fault,
    long createdAt) {
  static ImportLine of(Json.Obj job, Pace pace) {
    String id = text(job, "id");
    String state = text(job, "state");
    long bytes = number(job, "bytes");
    long read = number(job, "bytes_read");
    Map<String, Long> rejected = new LinkedHashMap<>();
    if (job.get("rejected") instanceof Json.Obj reasons) {
      reasons
          .fields()
          .forEach((reason, rows) -> {
            if (rows instanceof Json.Num(double n)) {
              rejected.put(reason, (long) n);
            }
          });
    }
    boolean reading = state.equals("reading");
    return new ImportLine(
        id,
        text(job, "source"),
        text(job, "name"),
        state,
        bytes,
        read,
        number(job, "records_read"),
        number(job, "stored"),
        number(job, "duplicates"),
        number(job, "replaced"),
        rejected,
        text(job, "mapping"),
        reading ? pace.secondsLeft(id, read, bytes) : null,
        job.get("fault") instanceof Json.Str(String fault) ? fault : null,
        Instant.parse(text(job, "created_at")).toEpochMilli() * 1_000);
  }

  private static String text(Json.Obj job, String field) {
    return job.get(field) instanceof Json.Str(String text) ? text : "";
  }

  private static long number(Json.Obj job, String field) {
    return job.get(field) instanceof Json.Num(double number) ? (long) number : 0;
  }

  public boolean isEnded() {
    return state.equals("done") || state.equals("failed") || state.equals("cancelled");
  }

  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How much of the file was read, in percent.
  public long percent() {
    return switch (state) {
      case "storing", "done" -> 100;
      default -> bytes == 0 ? 0 : Math.min(100, bytesRead * 100 / bytes);
    };
  }
}
