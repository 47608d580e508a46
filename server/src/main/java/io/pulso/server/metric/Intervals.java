package io.pulso.server.metric;

/// Which figures get intervals that come from drawing again and again.
enum Intervals {
  ALL,
  BUT_OF_SERIES,
  NONE
}
