package io.pulso.server.door;

import io.pulso.engine.json.JsonText;
import io.pulso.server.ingest.Received;
import io.pulso.server.ingest.Verdict;
import io.pulso.server.store.RejectReason;
import java.time.Duration;
import java.util.List;

/// What senders are told about what they sent.
final class Answers {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Answers() {}

  static Reply of(Received received, Way way, boolean verbose) {
    if (received.single()
        && received.verdicts().getFirst() instanceof Verdict.Refused(var reason, var detail)) {
      Problem problem = new Problem(status(reason), detail).with("reason", reason.word());
      return (reason == RejectReason.TOO_MANY_VISITORS ? problem.retryAfter(MINUTE) : problem)
          .reply();
    }
    if (verbose) {
      return Reply.json(verbose(received.verdicts()));
    }
    return Reply.json(way instanceof Way.PostHog ? "{\"status\":1}" : "{\"success\":true}");
  }

  private static int status(RejectReason reason) {
    return switch (reason) {
      case TOO_LARGE -> 413;
      case FORBIDDEN, BACKDATED, UNSIGNED -> 403;
      case TOO_MANY_VISITORS -> 429;
      default -> 400;
    };
  }

  private static String verbose(List<Verdict> verdicts) {
    StringBuilder out = new StringBuilder("{\"success\":true,\"items\":");
    char before = '[';
    for (Verdict verdict : verdicts) {
      out.append(before);
      switch (verdict) {
        case Verdict.Accepted(String messageId) -> {
          out.append("{\"verdict\":\"accepted\",\"messageId\":");
          JsonText.quote(messageId, out);
        }
        case Verdict.Refused(RejectReason reason, String detail) -> {
          out.append("{\"verdict\":\"rejected\",\"reason\":");
          JsonText.quote(reason.word(), out);
          out.append(",\"detail\":");
          JsonText.quote(JsonText.clean(detail), out);
        }
      }
      out.append('}');
      before = ',';
    }
    return out.append("]}").toString();
  }
}
