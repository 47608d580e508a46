package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Interval;
import io.pulso.server.segment.Comparison;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How two segments differ, as JSON.
public final class ComparisonAnswer {
  private ComparisonAnswer() {}

  public static Json.Obj json(Comparison comparison) {
    return new Answer()
        .day("from", comparison.period().first())
        .day("to", comparison.period().last())
        .day("day", comparison.day())
        .put("one", side(comparison.one()))
        .put("other", side(comparison.other()))
        .put("both", comparison.both())
        .put("tested", comparison.tested())
        .objects("rows", comparison.rows(), ComparisonAnswer::row)
        .json();
  }

  private static Json side(Comparison.Side side) {
    return new Answer().put("segment", side.segment().name()).put("size", side.size()).json();
  }

  private static Answer row(Comparison.Row row) {
    Contrast contrast = row.contrast();
    Interval interval = contrast.interval();
    return new Answer()
        .put("family", row.family().name().toLowerCase(Locale.ROOT))
        .put("id", row.id())
        .put("title", row.title().in("en"))
        .put("unit", unit(row))
        .put("per", row.per().name().toLowerCase(Locale.ROOT))
        .put("one", number(contrast.one()))
        .put("n_one", contrast.nOne())
        .put("other", number(contrast.other()))
        .put("n_other", contrast.nOther())
        .put("difference", number(contrast.difference()))
        .put(
            "interval",
            interval == null
                ? new Json.Null()
                : new Json.Arr(
                    List.of(new Json.Num(interval.low()), new Json.Num(interval.high()))))
        .put("p", number(contrast.p()))
        .put("differs", row.differs() == null ? new Json.Null() : new Json.Bool(row.differs()))
        .put("standardised", number(contrast.standardised()))
        .put("turns", contrast.turns());
  }

  private static String unit(Comparison.Row row) {
    return row.per() == Comparison.Per.SHARE ? "percent" : MetricAnswer.word(row.kind());
  }

  private static Json number(@Nullable Double value) {
    return value == null ? new Json.Null() : new Json.Num(value);
  }
}
