package io.pulso.testkit;

import java.util.SortedMap;

class KernelOverUnitsRandomTest extends RandomContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return KernelOverUnits.score(world, asked);
  }
}
