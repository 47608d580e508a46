package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedLaneTest {
  private static final int ROWS = 9_000;

  @TempDir private Path folder;

  /// Long rows between short ones, so that few and many are read together.
  private static Rejected row(Random random, int line) {
    boolean isLong = line / 1_500 % 3 == 1;
    RejectReason reason = line % 7 == 0 ? RejectReason.BAD_JSON : RejectReason.NO_ID;
    return new Rejected(
        "f", line, reason, "detail", "x".repeat(isLong ? 8_000 : random.nextInt(50)));
  }

  private static List<Long> lines(Store store, String reason) {
    List<Long> lines = new ArrayList<>();
    store.rejected().each(reason, row -> lines.add(row.rejected().line()));
    return lines;
  }

  @Test
  void all_that_wait_are_handed_over_once_and_in_order() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      assertThat(lines(store, "")).isEmpty();
      Random random = new Random(3);
      List<Rejected> bad = new ArrayList<>();
      Set<Long> wanted = new LinkedHashSet<>();
      List<Long> badJson = new ArrayList<>();
      for (int line = 0; line < ROWS; line++) {
        Rejected row = row(random, line);
        bad.add(row);
        boolean replayed = line > 2_000 && line < 6_500 && line % 3 != 0;
        if (!replayed) {
          wanted.add((long) line);
        }
        if (!replayed && row.reason() == RejectReason.BAD_JSON) {
          badJson.add((long) line);
        }
      }
      store
          .live(Clock.systemUTC(), List::of)
          .load(List.of(new LiveLoad.Part("web", true, Records.START, List.of(), bad)), 1);
      store
          .rejected()
          .markReplayed(
              store.rejected().waiting("").stream()
                  .filter(row -> !wanted.contains(row.rejected().line()))
                  .toList());
      assertThat(lines(store, "")).containsExactlyElementsOf(wanted);
      assertThat(lines(store, "bad_json")).isEqualTo(badJson);
    }
  }
}
