package io.pulso.server.page.metric;

import io.pulso.engine.metric.Metric;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.Spans;
import java.util.List;

/// Metrics in the words and numbers of a reader.
public final class MetricTexts {
  /// The groups of the catalogue, in order; the last takes what belongs to no other.
  static final List<String> GROUPS =
      List.of(
          "use",
          "scores",
          "journeys",
          "purchases",
          "surveys",
          "support",
          "social",
          "campaigns",
          "app",
          "offline",
          "own");

  private MetricTexts() {}

  static String title(Visit visit, Metric metric) {
    return visit.text(metric.title(), metric.id());
  }

  static String definition(Visit visit, Metric metric) {
    return visit.text(metric.definition(), "");
  }

  /// Where the catalogue lists it.
  static String group(String id) {
    String first = id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
    return switch (first) {
      case "page_views",
          "dau",
          "wau",
          "mau",
          "stickiness",
          "searches",
          "sessions",
          "pages_per_session",
          "session_duration",
          "time_on_site",
          "bounce_rate",
          "exit_rate",
          "returning_users",
          "days_between_visits" ->
          "use";
      case "purchases", "clv", "accounts" -> "purchases";
      case "score", "engagement_index" -> "scores";
      case "churn_rate", "retention_rate", "lifetime", "time_to_value" -> "journeys";
      case "resolution_time", "first_response_time", "backlog" -> "support";
      case "nps", "csat", "effort_score" -> "surveys";
      case "tickets", "contact" -> "support";
      case "social", "engagement_rate", "referral" -> "social";
      case "ctr", "campaign", "ads", "email" -> "campaigns";
      case "app" -> "app";
      case "offline" -> "offline";
      default -> "own";
    };
  }

  /// A value with its unit.
  public static String value(Visit visit, Metric.Kind kind, double value) {
    return switch (kind) {
      case COUNT, CUSTOMERS -> visit.figures().count(Math.round(value));
      case PERCENT -> visit.figures().percent(value / 100);
      case NPS -> (value > 0.5 ? "+" : "") + visit.figures().count(Math.round(value));
      case NUMBER, SCORE, MONEY -> visit.figures().decimal(value, 2);
      case SECONDS -> Spans.told(visit, value);
    };
  }

  /// What a value rests on.
  static String rests(Visit visit, Metric.Kind kind, long n) {
    return switch (kind) {
      case PERCENT, NPS, SCORE, NUMBER, SECONDS -> visit.t("metrics.of", "n", n);
      case COUNT, CUSTOMERS -> "";
      case MONEY -> visit.t("metrics.of_events", "n", n);
    };
  }
}
