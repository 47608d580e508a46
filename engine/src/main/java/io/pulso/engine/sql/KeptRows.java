package io.pulso.engine.sql;

import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import org.jspecify.annotations.Nullable;

/// Where the events that a leaf counts are kept as rows, so that events need not be read for it.
@FunctionalInterface
public interface KeptRows {
  /// Nothing is kept.
  KeptRows NONE = (leaf, reach) -> null;

  /// A query in brackets: columns `day, subject, occurred, number, value, pair, message`, see
  /// [KeptFact], of at least these days; null where nothing is kept for it. `pair` is the value, or
  /// what stands for none, so that all can be compared.
  @Nullable String of(Measure.Leaf leaf, Period reach);
}
