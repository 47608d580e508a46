package io.pulso.engine.metric;

/// Local days since 1970-01-01, both included.
public record Period(int first, int last) {
  public Period {
    if (last < first) {
      throw new IllegalArgumentException("a period of %d to %d".formatted(first, last));
    }
  }

  public int days() {
    return last - first + 1;
  }

  /// The same number of days before it.
  public Period before() {
    return new Period(first - days(), first - 1);
  }
}
