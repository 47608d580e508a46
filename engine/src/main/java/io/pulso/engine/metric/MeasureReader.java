package io.pulso.engine.metric;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.model.PathText;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads how a metric comes about: a mapping with one key, which says what is counted or done.
final class MeasureReader {
  private static final List<String> WORDS =
      List.of(
          "events",
          "customers",
          "distinct",
          "total",
          "mean",
          "median",
          "percentile",
          "nps",
          "at_least",
          "ratio",
          "sum",
          "difference",
          "active",
          "stickiness",
          "unique",
          "repeated",
          "days_between",
          "answered",
          "touched",
          "followed",
          "kept",
          "to_date",
          "machines",
          "mean_of",
          "sessions",
          "standing",
          "reacted",
          "accounts",
          "mrr",
          "lasting",
          "open",
          "churn",
          "retained",
          "lifetime",
          "reaching");
  private static final Map<String, Select.Who> WHO =
      Map.of(
          "anybody", Select.Who.ANYBODY,
          "identified", Select.Who.IDENTIFIED,
          "anonymous", Select.Who.ANONYMOUS);
  private static final int LONGEST_WINDOW = 730;
  private static final long MOST_BOUND = 1_000_000_000_000L;

  private final String place;
  private final Notes faults;
  private final Notes warnings;

  /// @param place what the measure belongs to, in faults
  MeasureReader(String place, Notes faults, Notes warnings) {
    this.place = place;
    this.faults = faults;
    this.warnings = warnings;
  }

  @Nullable Measure read(@Nullable Yaml node) {
    if (node == null) {
      return null;
    }
    Fields fields = Fields.of(node, place, WORDS, faults);
    if (fields == null) {
      return null;
    }
    List<String> given = WORDS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      faults.add(
          node.line(),
          place + ": 'is' takes one of " + String.join(", ", WORDS) + ", as in {events: '…'}");
      return null;
    }
    return measure(fields, given.getFirst());
  }

  private @Nullable Measure measure(Fields fields, String word) {
    return switch (word) {
      case "events" -> {
        Select of = select(fields, word, Select.Who.ANYBODY);
        yield of == null ? null : new Measure.Events(of);
      }
      case "customers" -> {
        Select of = select(fields, word, Select.Who.IDENTIFIED);
        yield of == null ? null : new Measure.Customers(of);
      }
      case "distinct", "total" -> place(fields, word);
      case "mean", "median", "percentile", "nps", "at_least" -> numbers(fields, word);
      case "ratio" -> two(fields, word, "over", "per");
      case "sum" -> two(fields, word, "one", "other");
      case "difference" -> two(fields, word, "from", "less");
      case "active" -> active(fields);
      case "unique",
          "repeated",
          "days_between",
          "answered",
          "touched",
          "followed",
          "kept",
          "to_date",
          "machines",
          "mean_of",
          "reacted",
          "accounts",
          "mrr" ->
          new ChainReader(this, place, warnings).read(fields, word);
      case "sessions" -> sessions(fields);
      case "standing" -> {
        Stat of = fields.choice("standing", Stat.WORDS);
        yield of == null ? null : new Measure.Standing(of);
      }
      case "lasting", "open", "churn", "retained", "lifetime", "reaching" ->
          new CourseReader(place, warnings).read(fields, word);
      default -> {
        Fields inside = fields.under(word, List.of("who"));
        yield inside == null ? null : new Measure.Stickiness(who(inside, Select.Who.IDENTIFIED));
      }
    };
  }

  /// Events, told by their condition alone or by fields.
  @Nullable Select select(Fields fields, String word, Select.Who usual) {
    if (fields.get(word) instanceof Yaml.Mapping) {
      Fields inside = fields.under(word, List.of("match", "who"));
      return inside == null ? null : select(inside, usual);
    }
    Expression match = MatchReader.event(fields, word, place + ": ", warnings);
    return match == null ? null : new Select(match, usual);
  }

  @Nullable Select select(Fields inside, Select.Who usual) {
    inside.require("match");
    Expression match = MatchReader.event(inside, "match", place + ": ", warnings);
    return match == null ? null : new Select(match, who(inside, usual));
  }

  static Select.Who who(Fields inside, Select.Who usual) {
    return Objects.requireNonNullElse(inside.choice("who", WHO), usual);
  }

  private @Nullable Measure place(Fields fields, String word) {
    Fields inside = fields.under(word, List.of("of", "match", "who"));
    if (inside == null) {
      return null;
    }
    Path path = path(inside);
    Select of = select(inside, Select.Who.ANYBODY);
    if (path == null || of == null) {
      return null;
    }
    return word.equals("total") ? new Measure.Total(of, path) : new Measure.Distinct(of, path);
  }

  static @Nullable Path path(Fields inside) {
    inside.require("of");
    Yaml.Scalar word = inside.scalar("of", "a place such as value or properties.minutes");
    return word == null ? null : path(inside, word);
  }

  static @Nullable Path path(Fields inside, Yaml.Scalar word) {
    Path path = PathText.read(word.text());
    if (path == null) {
      inside.fault(
          "of",
          "'of' cannot be "
              + Words.quote(word.text())
              + Nearest.hint(word.text(), List.of("value", "name"))
              + "; use value, name, or a place under properties or context");
    }
    return path;
  }

  private @Nullable Measure numbers(Fields fields, String word) {
    Fields inside = fields.under(word, List.of("of", "match", "who", "latest", "percent", "bound"));
    if (inside == null) {
      return null;
    }
    Path path = path(inside);
    Select of = select(inside, Select.Who.ANYBODY);
    boolean survey = word.equals("nps") || word.equals("at_least");
    boolean latest = Objects.requireNonNullElse(inside.flag("latest"), survey);
    Integer percent = only(inside, word, "percentile", "percent") ? percent(inside) : null;
    Long bound = only(inside, word, "at_least", "bound") ? bound(inside) : null;
    if (path == null || of == null) {
      return null;
    }
    Measure.Numbers numbers = new Measure.Numbers(of, path, latest);
    return switch (word) {
      case "mean" -> new Measure.Mean(numbers);
      case "median" -> new Measure.Percentile(numbers, 50);
      case "nps" -> new Measure.Nps(numbers);
      case "percentile" -> percent == null ? null : new Measure.Percentile(numbers, percent);
      default -> bound == null ? null : new Measure.AtLeast(numbers, bound);
    };
  }

  /// Whether the word has that field; notes a fault where another one has it.
  private static boolean only(Fields inside, String word, String wanted, String key) {
    if (word.equals(wanted)) {
      return inside.require(key);
    }
    inside.refuse(key, Words.quote(key) + " belongs to " + wanted + " alone; remove it");
    return false;
  }

  private static @Nullable Integer percent(Fields inside) {
    return inside.whole("percent", 1, 99);
  }

  private static @Nullable Long bound(Fields inside) {
    return inside.milli("bound", -MOST_BOUND, MOST_BOUND);
  }

  @Nullable Measure ratio(Fields fields) {
    return two(fields, "ratio", "over", "per");
  }

  private @Nullable Measure two(Fields fields, String word, String first, String second) {
    Fields inside = fields.under(word, List.of(first, second));
    if (inside == null) {
      return null;
    }
    inside.require(first);
    inside.require(second);
    Measure one = amount(inside, first);
    Measure other = amount(inside, second);
    if (one == null || other == null) {
      return null;
    }
    return switch (word) {
      case "ratio" -> new Measure.Ratio(one, other);
      case "sum" -> new Measure.Sum(one, other);
      default -> new Measure.Difference(one, other);
    };
  }

  /// A part of arithmetic: something that is counted or summed.
  private @Nullable Measure amount(Fields inside, String key) {
    Measure part = read(inside.get(key));
    return switch (part) {
      case null -> null;
      case Measure.Events _,
          Measure.Customers _,
          Measure.Distinct _,
          Measure.Total _,
          Measure.Active _,
          Measure.Unique _,
          Measure.Repeaters _,
          Measure.Machines _,
          Measure.Accounts _,
          Measure.Touched _,
          Measure.Followed _,
          Measure.Kept _,
          Measure.Reacted _,
          Measure.ToDate _,
          Measure.Sum _,
          Measure.Difference _ ->
          part;
      case Measure.Sessions sessions when !sessions.fact().isMedian() -> part;
      case Measure.Sessions _,
          Measure.MeanOf _,
          Measure.DaysBetween _,
          Measure.Answered _,
          Measure.Numbers _,
          Measure.Mean _,
          Measure.Percentile _,
          Measure.Nps _,
          Measure.AtLeast _,
          Measure.Ratio _,
          Measure.Stickiness _,
          Measure.Course _,
          Measure.Standing _ -> {
        inside.fault(
            key,
            Words.quote(key)
                + " must be counted or summed: events, customers, distinct, unique, repeated, total, active, sessions, touched, followed, kept, reacted, to_date, sum or difference");
        yield null;
      }
    };
  }

  private @Nullable Measure active(Fields fields) {
    Fields inside = fields.under("active", List.of("days", "who"));
    if (inside == null) {
      return null;
    }
    inside.require("days");
    Integer days = inside.whole("days", 1, LONGEST_WINDOW);
    return days == null ? null : new Measure.Active(days, who(inside, Select.Who.IDENTIFIED));
  }

  /// Told by a word alone or by fields; those of subjects are of customers unless somebody says
  /// otherwise.
  private @Nullable Measure sessions(Fields fields) {
    boolean alone = !(fields.get("sessions") instanceof Yaml.Mapping);
    Fields inside = alone ? fields : fields.under("sessions", List.of("what", "who"));
    if (inside == null) {
      return null;
    }
    if (!alone) {
      inside.require("what");
    }
    SessionFact fact = inside.choice(alone ? "sessions" : "what", SessionFact.WORDS);
    if (fact == null) {
      return null;
    }
    Select.Who usual = fact.isOfSubjects() ? Select.Who.IDENTIFIED : Select.Who.ANYBODY;
    return new Measure.Sessions(fact, alone ? usual : who(inside, usual));
  }
}
