package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {
  private static final int CASES = 12;
  private static final long MUCH = 1L << 30;

  @TempDir private Path folder = Path.of("");
  private final AtomicLong now = new AtomicLong();

  private static Map<String, List<Long>> scores(WhatIfs.Comparison of) {
    Map<String, List<Long>> scores = new HashMap<>();
    for (int i = 0; i < of.ids().length; i++) {
      scores.put(of.ids()[i], List.of(of.before()[i], of.after()[i]));
    }
    return scores;
  }

  @Test
  void what_is_told_from_memory_is_what_the_store_tells() {
    int compared = 0;
    for (long seed = 500; seed < 500 + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      for (long bytes : new long[] {MUCH, 0}) {
        Workbench bench = new Workbench(bytes, now::get);
        try (WorldStore world =
                WorldStore.of(folder.resolve(seed + "-" + bytes), random.world(), List.of(), 1);
            View view = world.store().now()) {
          for (int i = 1; i < random.questions().size(); i++) {
            Asked one = random.questions().get(i - 1);
            Asked two = random.questions().get(i);
            if (one.model().subject() == two.model().subject()) {
              compare(view, bench, one, two);
              compared++;
            }
          }
          assertThat(bench.bytes()).isLessThanOrEqualTo(bytes);
        }
      }
    }
    assertThat(compared).isGreaterThan(CASES);
  }

  private static void compare(View view, Workbench bench, Asked one, Asked two) {
    int day = ExplainingTest.day(one);
    InUse from = ExplainingTest.draft(one.model());
    InUse to = ExplainingTest.draft(two.model());
    WhatIfs.Comparison slow = new WhatIfs(view).compare(from, to, day, one.all());
    for (int again = 0; again < 2; again++) {
      WhatIfs.Comparison quick = bench.compare(view, from, to, day, one.all());
      assertThat(scores(quick)).isEqualTo(scores(slow));
      assertThat(quick.bands().before()).isEqualTo(slow.bands().before());
      assertThat(quick.bands().after()).isEqualTo(slow.bands().after());
    }
  }

  @Test
  void who_objects_is_left_out_at_once_and_what_nobody_asks_for_is_let_go() {
    RandomCase random = RandomCase.of(7);
    Asked asked =
        random.questions().stream()
            .filter(each -> each.model().subject() == io.pulso.engine.model.Model.Subject.CUSTOMER)
            .filter(each -> each.model().method() != io.pulso.engine.model.Model.Method.FIT)
            .findFirst()
            .orElseThrow();
    Workbench bench = new Workbench(MUCH, now::get);
    try (WorldStore world = WorldStore.of(folder, random.world(), List.of(), 1);
        View view = world.store().now()) {
      InUse use = ExplainingTest.draft(asked.model());
      int day = ExplainingTest.day(asked);
      String[] ids = bench.compare(view, use, use, day, true).ids();
      assertThat(ids).isNotEmpty();
      assertThat(bench.bytes()).isPositive();
      world.store().objections().object(ids[0], "me", "", Instant.EPOCH.getEpochSecond());
      assertThat(bench.compare(view, use, use, day, true).ids()).doesNotContain(ids[0]);
      now.addAndGet(601_000_000_000L);
      bench.dropIdle();
      assertThat(bench.bytes()).isZero();
    }
  }
}
