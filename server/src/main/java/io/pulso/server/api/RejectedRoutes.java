package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// What was not stored, and why.
final class RejectedRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  static final List<String> WORDS =
      Stream.of(RejectReason.values()).map(RejectReason::word).toList();

  private final Api.Parts parts;

  RejectedRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get("/api/v1/rejected", Scope.READ, this::list);
  }

  private Json list(Call call) {
    String reason = call.text("reason");
    Integer limit = call.whole("limit", 1, MOST);
    if (reason != null && WORDS.stream().noneMatch(reason::equals)) {
      throw new Refused(400, "'reason' is one of " + String.join(", ", WORDS));
    }
    try (Store store = parts.store().beside(Api.LONGEST)) {
      RejectedLane lane = store.rejected();
      return new Answer()
          .objects(
              "rejected",
              lane.list(reason == null ? "" : reason, limit == null ? USUAL : limit),
              RejectedRoutes::row)
          .json();
    }
  }

  private static Answer row(RejectedLane.Row row) {
    return new Answer()
        .put("no", row.no())
        .put("source", row.source())
        .put("from", row.rejected().file())
        .put("line", row.rejected().line())
        .put("reason", row.rejected().reason().word())
        .put("detail", row.rejected().detail())
        .put("body", row.rejected().body())
        .put("rejected_at", Instant.EPOCH.plus(row.rejectedAt(), ChronoUnit.MICROS).toString());
  }
}
