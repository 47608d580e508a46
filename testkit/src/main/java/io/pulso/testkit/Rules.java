package io.pulso.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Rules of one topic; an engine is handed in.
abstract class Rules {
  /// What is under test.
  interface Engine {
    SortedMap<String, Scored> score(World world, Asked asked);
  }

  private final Engine engine;

  Rules(Engine engine) {
    this.engine = engine;
  }

  /// The engine answers exactly these lines ([Scored#toString]) in this order.
  void check(World world, Asked asked, String... lines) {
    List<String> answered = new ArrayList<>();
    engine
        .score(world, asked)
        .forEach((subject, scored) -> {
          assertThat(scored.subject()).isEqualTo(subject);
          answered.add(scored.toString());
        });
    assertThat(answered).containsExactly(lines);
  }
}
