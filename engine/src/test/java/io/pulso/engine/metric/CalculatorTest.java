package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// The figures that everybody can work out on paper.
class CalculatorTest {
  @Test
  void known_inputs_give_the_known_figures() {
    told(Calculator.NPS, "64.00", Map.of("promoters", "70", "passives", "24", "detractors", "6"));
    told(Calculator.CSAT, "58.33", Map.of("satisfied", "7", "answers", "12"));
    told(Calculator.EFFORT_SCORE, "3.67", Map.of("answers", "2, 4, 5"));
    told(Calculator.CHURN_RATE, "20.00", Map.of("start", "100", "lost", "20"));
    told(Calculator.CHURN_RATE, "20.00", Map.of("start", "100", "acquired", "0", "end", "80"));
    told(
        Calculator.RETENTION_RATE, "90.00", Map.of("start", "100", "acquired", "10", "end", "100"));
    told(Calculator.CTR, "60.00", Map.of("clicks", "60", "views", "100"));
    told(
        Calculator.CLV,
        "540.00",
        Map.of("order_value", "60", "orders_a_year", "6", "years", "5", "margin", "30"));
    told(
        Calculator.ENGAGEMENT_SCORE,
        "64.50",
        Map.of(
            "events",
            "Login: 2 x 12\nInvite: Sent: 10 × 4, Seen: 0.5*11\n\nTicket Created: -5 x 1"));
  }

  @Test
  void nothing_to_divide_by_has_no_value() {
    assertThat(Calculator.CTR.calculate(Map.of("clicks", "0", "views", "0"))).isNull();
    assertThat(
            Calculator.NPS.calculate(Map.of("promoters", "0", "passives", "0", "detractors", "0")))
        .isNull();
  }

  @Test
  void wrong_numbers_are_told() {
    wrong(Calculator.CTR, "'views' is missing", Map.of("clicks", "1"));
    wrong(Calculator.CTR, "'views' must be a number", Map.of("clicks", "1", "views", "1e9"));
    wrong(Calculator.CTR, "'clicks' is a whole number", Map.of("clicks", "-1", "views", "2"));
    wrong(
        Calculator.CSAT,
        "must be between 0 and 'answers'",
        Map.of("satisfied", "3", "answers", "2"));
    wrong(
        Calculator.RETENTION_RATE,
        "must be between 0 and 'start'",
        Map.of("start", "100", "acquired", "0", "end", "101"));
    wrong(Calculator.CHURN_RATE, "'end' is missing; give it, or 'lost'", Map.of("start", "100"));
    wrong(Calculator.EFFORT_SCORE, "answers go from 1 to 7, not 8", Map.of("answers", "8"));
    wrong(
        Calculator.ENGAGEMENT_SCORE,
        "an event is written as in 'Login: 5 x 3', not 'Login 5'",
        Map.of("events", "Login 5"));
    wrong(Calculator.ENGAGEMENT_SCORE, "'events' is missing", Map.of("events", " \n"));
    wrong(Calculator.EFFORT_SCORE, "'answers' is missing", Map.of("answers", ", ,"));
  }

  private static void told(Calculator calculator, String value, Map<String, String> given) {
    assertThat(calculator.calculate(given)).hasToString(value);
  }

  private static void wrong(Calculator calculator, String what, Map<String, String> given) {
    assertThatThrownBy(() -> calculator.calculate(given))
        .isInstanceOf(Calculator.Wrong.class)
        .hasMessageContaining(what);
  }
}
