package io.pulso.testkit;

import java.util.SortedMap;

class KernelOverUnitsContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return KernelOverUnits.score(world, asked);
  }
}
