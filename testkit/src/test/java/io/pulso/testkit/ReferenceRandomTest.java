package io.pulso.testkit;

import java.util.SortedMap;

class ReferenceRandomTest extends RandomContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return ReferenceScorer.score(world, asked);
  }
}
