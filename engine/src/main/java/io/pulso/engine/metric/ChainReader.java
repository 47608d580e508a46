package io.pulso.engine.metric;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what is told of several events of the same customer.
final class ChainReader {
  private static final int LONGEST = 730;
  private static final int MOST_PLACES = 10;
  private static final int MOST_TIMES = 1_000;
  private static final Map<String, Boolean> WHICH = Map.of("first", true, "last", false);

  private final MeasureReader measures;
  private final String place;
  private final Notes warnings;

  ChainReader(MeasureReader measures, String place, Notes warnings) {
    this.measures = measures;
    this.place = place;
    this.warnings = warnings;
  }

  @Nullable Measure read(Fields fields, String word) {
    return switch (word) {
      case "unique" -> unique(fields);
      case "repeated" -> repeated(fields);
      case "days_between" -> daysBetween(fields);
      case "answered" -> answered(fields);
      case "touched" -> touched(fields);
      case "followed" -> followed(fields);
      case "kept" -> kept(fields);
      case "machines" -> {
        Select of = measures.select(fields, word, Select.Who.ANYBODY);
        yield of == null ? null : new Measure.Machines(of);
      }
      case "mean_of" -> meanOf(fields);
      case "reacted" -> reacted(fields);
      case "accounts", "mrr" -> accounts(fields, word);
      default -> toDate(fields);
    };
  }

  private static @Nullable Measure accounts(Fields fields, String word) {
    Fields inside = fields.under(word, List.of("renewing"));
    if (inside == null) {
      return null;
    }
    Integer renewing = inside.has("renewing") ? inside.whole("renewing", 1, LONGEST) : null;
    return new Measure.Accounts(word.equals("mrr"), renewing);
  }

  private @Nullable Measure meanOf(Fields fields) {
    Fields inside = fields.under("mean_of", List.of("ratio", "by"));
    if (inside == null) {
      return null;
    }
    inside.require("ratio");
    inside.require("by");
    Measure ratio = measures.ratio(inside);
    Yaml.Scalar word = inside.scalar("by", "a place such as properties.post");
    Path by = word == null ? null : By.read(word.text());
    if (word != null && by == null) {
      inside.fault("by", "'by' cannot be %s; use %s".formatted(Words.quote(word.text()), By.WAYS));
    }
    return ratio instanceof Measure.Ratio of && by != null ? new Measure.MeanOf(of, by) : null;
  }

  private @Nullable Measure unique(Fields fields) {
    Fields inside = fields.under("unique", List.of("of", "match", "who"));
    if (inside == null) {
      return null;
    }
    Select of = measures.select(inside, Select.Who.ANYBODY);
    List<Path> paths = paths(inside);
    return of == null || paths.isEmpty() ? null : new Measure.Unique(of, paths);
  }

  /// One place or some.
  private static List<Path> paths(Fields inside) {
    List<Path> paths = new ArrayList<>();
    if (inside.get("of") instanceof Yaml.Items) {
      for (Yaml item : inside.items("of", MOST_PLACES)) {
        Path path = item instanceof Yaml.Scalar word ? MeasureReader.path(inside, word) : null;
        if (path != null) {
          paths.add(path);
        } else if (!(item instanceof Yaml.Scalar)) {
          inside.wrong("of", "places such as properties.campaign", item);
        }
      }
    } else {
      Path path = MeasureReader.path(inside);
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  private @Nullable Measure reacted(Fields fields) {
    Fields inside = fields.under("reacted", List.of("of", "match", "who", "then"));
    if (inside == null) {
      return null;
    }
    Select of = measures.select(inside, Select.Who.ANYBODY);
    Select then = other(inside, "then");
    List<Path> paths = paths(inside);
    return of == null || then == null || paths.isEmpty()
        ? null
        : new Measure.Reacted(of, then, paths);
  }

  private @Nullable Measure repeated(Fields fields) {
    Fields inside = fields.under("repeated", List.of("of", "match", "who", "times"));
    if (inside == null) {
      return null;
    }
    Path path = MeasureReader.path(inside);
    Select of = measures.select(inside, Select.Who.IDENTIFIED);
    Integer times = inside.has("times") ? inside.whole("times", 1, MOST_TIMES) : (Integer) 2;
    return path == null || of == null || times == null
        ? null
        : new Measure.Repeaters(of, path, times);
  }

  private @Nullable Measure daysBetween(Fields fields) {
    Fields inside = fields.under("days_between", List.of("of", "match", "who", "percent"));
    if (inside == null) {
      return null;
    }
    Path path = inside.has("of") ? MeasureReader.path(inside) : null;
    Select of = measures.select(inside, Select.Who.IDENTIFIED);
    return of == null ? null : new Measure.DaysBetween(of, path, percent(inside));
  }

  private @Nullable Measure answered(Fields fields) {
    Fields inside = fields.under("answered", List.of("match", "who", "by", "percent", "tell"));
    if (inside == null) {
      return null;
    }
    Select of = measures.select(inside, Select.Who.ANYBODY);
    Select answer = other(inside, "by");
    if (inside.has("tell")) {
      if (inside.has("percent")) {
        inside.fault("percent", "'percent' is of those that were answered; 'tell' says it all");
      }
      Measure.Tell tell = CourseReader.tell(inside);
      return of == null || answer == null || tell == null
          ? null
          : new Measure.Awaiting(of, answer.match(), tell);
    }
    return of == null || answer == null ? null : new Measure.Answered(of, answer, percent(inside));
  }

  private @Nullable Measure touched(Fields fields) {
    Fields inside =
        fields.under("touched", List.of("of", "match", "who", "touch", "days", "which"));
    if (inside == null) {
      return null;
    }
    Path path = inside.has("of") ? MeasureReader.path(inside) : null;
    Select of = measures.select(inside, Select.Who.ANYBODY);
    Select touch = other(inside, "touch");
    Integer days = days(inside);
    inside.require("which");
    Boolean first = inside.choice("which", WHICH);
    return of == null || touch == null || days == null || first == null
        ? null
        : new Measure.Touched(of, path, touch, days, first);
  }

  private @Nullable Measure followed(Fields fields) {
    Fields inside = fields.under("followed", List.of("match", "who", "then", "days"));
    if (inside == null) {
      return null;
    }
    Select of = measures.select(inside, Select.Who.IDENTIFIED);
    Integer days = days(inside);
    Select then = inside.has("then") ? other(inside, "then") : null;
    return of == null || days == null || (then == null && inside.has("then"))
        ? null
        : new Measure.Followed(of, then, days);
  }

  private @Nullable Measure kept(Fields fields) {
    Fields inside = fields.under("kept", List.of("match", "who", "until", "days"));
    if (inside == null) {
      return null;
    }
    Select of = measures.select(inside, Select.Who.IDENTIFIED);
    Select until = other(inside, "until");
    Integer days = days(inside);
    return of == null || until == null || days == null ? null : new Measure.Kept(of, until, days);
  }

  private @Nullable Measure toDate(Fields fields) {
    Measure inner = measures.read(fields.get("to_date"));
    if (inner == null) {
      return null;
    }
    if (inner instanceof Measure.Leaf leaf
        && (leaf instanceof Measure.Events
            || leaf instanceof Measure.Customers
            || leaf instanceof Measure.Distinct
            || leaf instanceof Measure.Total)) {
      return new Measure.ToDate(leaf);
    }
    fields.fault("to_date", "'to_date' takes one of events, customers, distinct, total");
    return null;
  }

  /// The other events, of the same customer whoever that is.
  private @Nullable Select other(Fields inside, String key) {
    inside.require(key);
    Expression match = MatchReader.event(inside, key, place + ": ", warnings);
    return match == null ? null : new Select(match, Select.Who.ANYBODY);
  }

  private static @Nullable Integer days(Fields inside) {
    inside.require("days");
    return inside.whole("days", 0, LONGEST);
  }

  /// Null for the mean.
  private static @Nullable Integer percent(Fields inside) {
    return inside.has("percent") ? inside.whole("percent", 1, 99) : null;
  }
}
