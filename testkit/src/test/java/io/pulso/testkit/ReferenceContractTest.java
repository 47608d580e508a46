package io.pulso.testkit;

import java.util.SortedMap;

class ReferenceContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return ReferenceScorer.score(world, asked);
  }
}
