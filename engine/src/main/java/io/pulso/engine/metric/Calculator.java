package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A figure from numbers that somebody has at hand, without any data in the store. Values are
/// rounded to 2 decimals, half away from zero.
@SuppressWarnings("ImmutableEnumChecker") // lists that are not changed and functions without state
public enum Calculator {
  NPS(
      Metric.Kind.NPS,
      "(promoters − detractors) ÷ (promoters + passives + detractors) × 100",
      List.of(whole("promoters"), whole("passives"), whole("detractors")),
      given -> {
        BigDecimal all = given.sum("promoters", "passives", "detractors");
        return given.percent(given.number("promoters").subtract(given.number("detractors")), all);
      }),
  CSAT(
      Metric.Kind.PERCENT,
      "satisfied ÷ answers × 100",
      List.of(whole("satisfied"), whole("answers")),
      given -> given.part("satisfied", "answers")),
  EFFORT_SCORE(
      Metric.Kind.SCORE,
      "sum of the answers ÷ number of answers",
      List.of(new Input("answers", Input.Type.ANSWERS, false)),
      given -> given.mean("answers")),
  CHURN_RATE(
      Metric.Kind.PERCENT,
      "lost ÷ start × 100, where lost = start + acquired − end when it is not given",
      List.of(whole("start"), optional("lost"), optional("acquired"), optional("end")),
      given -> {
        BigDecimal start = given.number("start");
        BigDecimal lost =
            given.has("lost")
                ? given.number("lost")
                : start.add(given.or("acquired")).subtract(given.needed("end", "lost"));
        return given.percent(given.within(lost, start, "lost customers", "start"), start);
      }),
  RETENTION_RATE(
      Metric.Kind.PERCENT,
      "(end − acquired) ÷ start × 100",
      List.of(whole("start"), whole("acquired"), whole("end")),
      given -> {
        BigDecimal start = given.number("start");
        BigDecimal kept = given.number("end").subtract(given.number("acquired"));
        return given.percent(given.within(kept, start, "end − acquired", "start"), start);
      }),
  CTR(
      Metric.Kind.PERCENT,
      "clicks ÷ views × 100",
      List.of(whole("clicks"), whole("views")),
      given -> given.percent(given.number("clicks"), given.number("views"))),
  CLV(
      Metric.Kind.MONEY,
      "average order value × orders a year × years × margin ÷ 100",
      List.of(
          new Input("order_value", Input.Type.NUMBER, false),
          new Input("orders_a_year", Input.Type.NUMBER, false),
          new Input("years", Input.Type.NUMBER, false),
          new Input("margin", Input.Type.NUMBER, true)),
      given ->
          given
              .number("order_value")
              .multiply(given.number("orders_a_year"))
              .multiply(given.number("years"))
              .multiply(given.has("margin") ? given.number("margin") : BigDecimal.valueOf(100))
              .divide(BigDecimal.valueOf(100))),
  ENGAGEMENT_SCORE(
      Metric.Kind.SCORE,
      "Σ points × times",
      List.of(new Input("events", Input.Type.EVENTS, false)),
      given -> given.points("events"));

  private final Metric.Kind kind;
  private final String formula;
  private final List<Input> inputs;
  private final Function<Given, @Nullable BigDecimal> value;

  Calculator(
      Metric.Kind kind,
      String formula,
      List<Input> inputs,
      Function<Given, @Nullable BigDecimal> value) {
    this.kind = kind;
    this.formula = formula;
    this.inputs = inputs;
    this.value = value;
  }

  /// A number that it needs.
  public record Input(String name, Type type, boolean optional) {
    /// What is written there.
    public enum Type {
      /// 0 or more things.
      WHOLE,
      /// 0 or more, with decimals.
      NUMBER,
      /// Numbers from 1 to 7, with commas between them.
      ANSWERS,
      /// Lines or parts between commas such as `Login: 5 x 3`: a name, points and how often.
      EVENTS
    }
  }

  private static Input whole(String name) {
    return new Input(name, Input.Type.WHOLE, false);
  }

  private static Input optional(String name) {
    return new Input(name, Input.Type.WHOLE, true);
  }

  /// A number that is missing or cannot be.
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String input;

    Wrong(String input, String what) {
      super(what, null, false, false);
      this.input = input;
    }

    /// Which number it is.
    public String input() {
      return input;
    }
  }

  /// The one with that id, such as `churn_rate`.
  public static Optional<Calculator> find(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }

  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public Metric.Kind kind() {
    return kind;
  }

  public String formula() {
    return formula;
  }

  public List<Input> inputs() {
    return inputs;
  }

  /// The value; null where there is nothing to divide by.
  ///
  /// @param texts what is written for each input
  public @Nullable BigDecimal calculate(Map<String, String> texts) {
    Given given = new Given(this, texts);
    for (Input input : inputs) {
      if (!input.optional()) {
        given.needed(input.name(), null);
      }
    }
    BigDecimal found = value.apply(given);
    return found == null ? null : found.setScale(2, RoundingMode.HALF_UP);
  }

  /// What was written.
  private record Given(Calculator calculator, Map<String, String> texts) {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_ANSWERS = 100_000;
    private static final int MOST_EVENTS = 100;
    private static final Pattern EVENT =
        Pattern.compile("(?:.*:)?\\s*([-+]?[0-9]{1,9}(?:[.][0-9]{1,3})?)\\s*[x×*]\\s*([0-9]{1,9})");

    Given {
      texts = new TreeMap<>(texts);
    }

    boolean has(String name) {
      return !texts.getOrDefault(name, "").isBlank();
    }

    BigDecimal or(String name) {
      return has(name) ? number(name) : BigDecimal.ZERO;
    }

    /// @param instead what may be given in its place; null for nothing
    BigDecimal needed(String name, @Nullable String instead) {
      if (!has(name)) {
        throw new Wrong(
            name,
            instead == null
                ? "'%s' is missing".formatted(name)
                : "'%s' is missing; give it, or '%s'".formatted(name, instead));
      }
      return switch (type(name)) {
        case ANSWERS, EVENTS -> BigDecimal.ZERO;
        case WHOLE, NUMBER -> number(name);
      };
    }

    private Input.Type type(String name) {
      return calculator.inputs.stream()
          .filter(input -> input.name().equals(name))
          .map(Input::type)
          .findFirst()
          .orElseThrow();
    }

    BigDecimal number(String name) {
      BigDecimal number = read(name, texts.getOrDefault(name, ""));
      boolean whole = type(name) == Input.Type.WHOLE;
      if (number.signum() < 0
          || number.compareTo(MOST) > 0
          || (whole && number.stripTrailingZeros().scale() > 0)) {
        throw new Wrong(
            name,
            "'%s' is a %snumber from 0 to 1000000000000, not %s"
                .formatted(name, whole ? "whole " : "", number.toPlainString()));
      }
      return number;
    }

    private static BigDecimal read(String name, String text) {
      String plain = text.strip();
      if (!plain.matches("-?[0-9]{1,20}([.][0-9]{1,10})?")) {
        throw new Wrong(name, "'%s' must be a number such as 12 or 0.5".formatted(name));
      }
      return new BigDecimal(plain);
    }

    BigDecimal sum(String... names) {
      return Arrays.stream(names).map(this::number).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// One number as percent of another one that holds it.
    @Nullable BigDecimal part(String some, String all) {
      return percent(within(number(some), number(all), some, all), number(all));
    }

    BigDecimal within(BigDecimal some, BigDecimal all, String what, String whole) {
      if (some.signum() < 0 || some.compareTo(all) > 0) {
        throw new Wrong(
            calculator.inputs.getFirst().name(),
            "%s (%s) must be between 0 and '%s' (%s)"
                .formatted(what, some.toPlainString(), whole, all.toPlainString()));
      }
      return some;
    }

    @Nullable BigDecimal percent(BigDecimal some, BigDecimal all) {
      return all.signum() == 0
          ? null
          : some.multiply(BigDecimal.valueOf(100)).divide(all, MathContext.DECIMAL64);
    }

    /// The sum of points times how often.
    BigDecimal points(String name) {
      BigDecimal sum = BigDecimal.ZERO;
      int n = 0;
      for (String line : texts.getOrDefault(name, "").split("[,\\n]", MOST_EVENTS + 1)) {
        if (!line.isBlank()) {
          Matcher event = EVENT.matcher(line.strip());
          if (!event.matches() || ++n > MOST_EVENTS) {
            throw new Wrong(
                name,
                n > MOST_EVENTS
                    ? "at most %d events are added up".formatted(MOST_EVENTS)
                    : "an event is written as in 'Login: 5 x 3', not '%s'".formatted(line.strip()));
          }
          sum = sum.add(new BigDecimal(event.group(1)).multiply(new BigDecimal(event.group(2))));
        }
      }
      if (n == 0) {
        throw new Wrong(name, "'%s' is missing".formatted(name));
      }
      return sum;
    }

    BigDecimal mean(String name) {
      String[] answers = texts.getOrDefault(name, "").split("[,;\\s]+", MOST_ANSWERS);
      BigDecimal sum = BigDecimal.ZERO;
      int n = 0;
      for (String answer : answers) {
        if (!answer.isEmpty()) {
          BigDecimal number = read(name, answer);
          if (number.compareTo(BigDecimal.ONE) < 0 || number.compareTo(BigDecimal.valueOf(7)) > 0) {
            throw new Wrong(name, "answers go from 1 to 7, not " + number.toPlainString());
          }
          sum = sum.add(number);
          n++;
        }
      }
      if (n == 0) {
        throw new Wrong(name, "'%s' is missing".formatted(name));
      }
      return sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL64);
    }
  }
}
