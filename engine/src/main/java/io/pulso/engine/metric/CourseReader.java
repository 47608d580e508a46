package io.pulso.engine.metric;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads measures of how long things last and who is lost.
final class CourseReader {
  private static final int LONGEST_SILENCE = 730;
  private static final Map<String, Measure.Tell> TELLS =
      Map.of(
          "median", Measure.Tell.MEDIAN,
          "p90", Measure.Tell.P90,
          "mean", Measure.Tell.MEAN,
          "finished_median", Measure.Tell.FINISHED_MEDIAN,
          "finished_p90", Measure.Tell.FINISHED_P90,
          "finished_mean", Measure.Tell.FINISHED_MEAN);
  private static final Map<String, Boolean> ENDS = Map.of("first", false, "last", true);
  private static final Map<String, Boolean> LOST = Map.of("commercial", false, "silent", true);
  private static final Map<String, Model.Subject> SUBJECTS =
      Map.of("customer", Model.Subject.CUSTOMER, "account", Model.Subject.ACCOUNT);

  private final String place;
  private final Notes warnings;

  CourseReader(String place, Notes warnings) {
    this.place = place;
    this.warnings = warnings;
  }

  Measure.@Nullable Course read(Fields fields, String word) {
    return switch (word) {
      case "lasting" -> {
        Fields inside = fields.under(word, List.of("of", "from", "to", "again", "end", "tell"));
        Measure.Span span = inside == null ? null : span(inside);
        Measure.Tell tell = inside == null ? null : tell(inside);
        yield span == null || tell == null ? null : new Measure.Lasting(span, tell);
      }
      case "open" -> {
        Fields inside = fields.under(word, List.of("of", "from", "to", "again"));
        Measure.Span span = inside == null ? null : span(inside);
        yield span == null ? null : new Measure.Open(span);
      }
      case "reaching" -> {
        Fields inside = fields.under(word, List.of("to", "tell"));
        Measure.Tell tell = inside == null ? null : tell(inside);
        yield inside == null || tell == null
            ? null
            : new Measure.Reaching(match(inside, "to"), tell);
      }
      case "lifetime" -> {
        Fields inside = fields.under(word, List.of("lost", "after", "per", "tell"));
        Measure.Loss loss = inside == null ? null : loss(inside);
        Measure.Tell tell = inside == null ? null : tell(inside);
        yield loss == null || tell == null ? null : new Measure.Staying(loss, tell);
      }
      default -> {
        Fields inside = fields.under(word, List.of("lost", "after", "per"));
        Measure.Loss loss = inside == null ? null : loss(inside);
        yield loss == null ? null : new Measure.Leaving(loss, word.equals("retained"));
      }
    };
  }

  private @Nullable Expression match(Fields inside, String key) {
    return MatchReader.event(inside, key, place + ": ", warnings);
  }

  private Measure.@Nullable Span span(Fields inside) {
    inside.require("from");
    inside.require("to");
    Path of = MeasureReader.path(inside);
    Expression from = match(inside, "from");
    Expression to = match(inside, "to");
    Expression again = match(inside, "again");
    Boolean last = inside.choice("end", ENDS);
    return of == null || from == null || to == null
        ? null
        : new Measure.Span(from, to, again, of, Objects.requireNonNullElse(last, true));
  }

  static Measure.@Nullable Tell tell(Fields inside) {
    inside.require("tell");
    return inside.choice("tell", TELLS);
  }

  private static Measure.@Nullable Loss loss(Fields inside) {
    inside.require("lost");
    Boolean silent = inside.choice("lost", LOST);
    Integer after = inside.days("after", 1, LONGEST_SILENCE);
    Model.Subject per = inside.choice("per", SUBJECTS);
    if (silent == null) {
      return null;
    }
    if (!silent && after != null) {
      inside.fault("after", "'after' belongs to silent alone; remove it");
    }
    return new Measure.Loss(
        per == null ? Model.Subject.CUSTOMER : per,
        silent ? Objects.requireNonNullElse(after, 0) : null);
  }
}
