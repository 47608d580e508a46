package io.pulso.server.page.metric;

import io.pulso.engine.metric.Calculator;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.BandSets;
import io.pulso.engine.score.Bands;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures from numbers at hand, worked out as one types.
public final class CalculatorPages {
  /// What stands in a form before anybody writes.
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("nps.promoters", "70"),
          Map.entry("nps.passives", "24"),
          Map.entry("nps.detractors", "6"),
          Map.entry("csat.satisfied", "7"),
          Map.entry("csat.answers", "12"),
          Map.entry("effort_score.answers", "2, 4, 5"),
          Map.entry("churn_rate.start", "100"),
          Map.entry("churn_rate.lost", "20"),
          Map.entry("retention_rate.start", "100"),
          Map.entry("retention_rate.acquired", "10"),
          Map.entry("retention_rate.end", "100"),
          Map.entry("ctr.clicks", "60"),
          Map.entry("ctr.views", "100"),
          Map.entry("clv.order_value", "60"),
          Map.entry("clv.orders_a_year", "6"),
          Map.entry("clv.years", "5"),
          Map.entry("clv.margin", "30"),
          Map.entry(
              "engagement_score.events",
              "Login: 2 x 12\nInvite Sent: 10 x 3\nReport Exported: 5 x 4\nTicket Created: -5 x 1"));

  /// All calculators.
  public record CalculatorsView(List<Form> forms) {}

  /// One of them.
  public record Form(String id, List<Field> fields, Result result) {}

  /// A number to be written.
  ///
  /// @param lines whether it takes some lines
  public record Field(String name, String value, boolean optional, boolean lines) {}

  /// What comes out.
  ///
  /// @param wrong what cannot be; null where there is a value
  /// @param about what the value means; empty where it speaks for itself
  public record Result(String value, @Nullable String wrong, String about) {}

  public void add(Pages pages) {
    pages.get("/calculators", Role.VIEWER, CalculatorPages::all);
    pages.get("/calculators/{id}", Role.VIEWER, CalculatorPages::one);
  }

  private static Shown all(Visit visit) {
    List<Form> forms =
        Arrays.stream(Calculator.values())
            .map(calculator -> {
              Map<String, String> texts = new HashMap<>();
              List<Field> fields =
                  calculator.inputs().stream()
                      .map(input -> {
                        String value =
                            EXAMPLES.getOrDefault(calculator.id() + "." + input.name(), "");
                        texts.put(input.name(), value);
                        return new Field(
                            input.name(),
                            value,
                            input.optional(),
                            input.type() == Calculator.Input.Type.EVENTS);
                      })
                      .toList();
              return new Form(calculator.id(), fields, result(visit, calculator, texts));
            })
            .toList();
    return Shown.view("metric/calculators", new CalculatorsView(forms));
  }

  private static Shown one(Visit visit) {
    Calculator calculator =
        Calculator.find(visit.part("id"))
            .orElseThrow(() -> new Missing("there is no such calculator"));
    if (!visit.isFragment()) {
      return Shown.redirect("/calculators#" + calculator.id());
    }
    Map<String, String> texts = new HashMap<>();
    calculator
        .inputs()
        .forEach(input -> {
          String text = visit.shortParam(input.name());
          if (text != null) {
            texts.put(input.name(), text);
          }
        });
    return Shown.view("metric/result", result(visit, calculator, texts));
  }

  private static Result result(Visit visit, Calculator calculator, Map<String, String> texts) {
    try {
      BigDecimal value = calculator.calculate(texts);
      if (value == null) {
        return new Result("", visit.t("calc.nothing"), "");
      }
      String shown = visit.figures().decimal(value.doubleValue(), 2);
      String told =
          switch (calculator.kind()) {
            case PERCENT -> visit.t("calc.percent", "value", shown);
            case COUNT, CUSTOMERS, NUMBER, SCORE, NPS, MONEY, SECONDS -> shown;
          };
      return calculator == Calculator.ENGAGEMENT_SCORE
          ? banded(visit, told, value)
          : new Result(told, null, "");
    } catch (Calculator.Wrong e) {
      return new Result(
          "",
          visit.t("calc.wrong", "input", visit.t("calc.in_" + e.input()))
              + (visit.language().code().equals("en") ? " " + e.getMessage() : ""),
          "");
    }
  }

  /// With the built-in band that a score lies in and what it means.
  private static Result banded(Visit visit, String told, BigDecimal score) {
    long milli = score.movePointRight(3).longValueExact();
    Band band = Bands.of(BandSets.points()).band(milli);
    return new Result(
        told,
        null,
        visit.t(
            "calc.band",
            "band",
            visit.text(band.title(), band.id()),
            "meaning",
            visit.text(band.meaning(), "")));
  }
}
