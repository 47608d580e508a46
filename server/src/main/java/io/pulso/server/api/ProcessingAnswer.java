package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.store.Objections;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objections as JSON.
public final class ProcessingAnswer {
  private static final String OBJECTED = "objected";
  private static final String NORMAL = "normal";

  private ProcessingAnswer() {}

  /// The word for whether somebody objected.
  public static String word(boolean objected) {
    return objected ? OBJECTED : NORMAL;
  }

  static boolean isObjected(String word) {
    return switch (word) {
      case OBJECTED -> true;
      case NORMAL -> false;
      default -> throw new Refused(400, "'processing' is one of objected, normal");
    };
  }

  public static Json.Obj of(Objections.Standing standing) {
    return new Answer()
        .put("customer", standing.id())
        .put("processing", word(standing.since() != null))
        .put("objected_at", instant(standing.since()))
        .json();
  }

  /// Objections, the newest first.
  ///
  /// @param most how many were asked for
  public static Json.Obj list(List<Objections.Row> rows, int most) {
    return new Answer()
        .objects(
            "objections",
            rows,
            row ->
                new Answer()
                    .put("id", row.id())
                    .put("customer", row.customer())
                    .put("objected_at", instant(row.objectedAt()))
                    .put("author", row.author())
                    .put("note", row.note())
                    .put("withdrawn_at", instant(row.withdrawnAt()))
                    .put("withdrawn_by", row.withdrawnBy()))
        .put("next", rows.size() < most ? null : String.valueOf(rows.getLast().no()))
        .json();
  }

  private static @Nullable String instant(@Nullable Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
