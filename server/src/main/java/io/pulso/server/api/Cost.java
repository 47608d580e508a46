package io.pulso.server.api;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What it costs to answer at an address of the API or of the pages. Only this place says so.
public enum Cost {
  /// Something is changed: it is done to its end, whoever leaves.
  CHANGE,

  /// A read: it ends when its reader leaves, and after a time.
  READ,

  /// A read that looks at much of the store, or for long at one customer: everybody has few of them
  /// at once.
  HEAVY;

  /// An address whose reads are heavy.
  ///
  /// @param given parameters of which one makes it so; none where it always is
  public record Rule(String method, String path, List<String> given) {
    private static Rule get(String path, String... given) {
      return new Rule("GET", path, List.of(given));
    }

    private static Rule post(String path) {
      return new Rule("POST", path, List.of());
    }

    private boolean holds(String asked, String at, Predicate<String> has) {
      return method.equals(asked)
          && path.equals(at)
          && (given.isEmpty() || given.stream().anyMatch(has));
    }
  }

  /// All of them.
  public static final List<Rule> HEAVY_READS =
      Stream.concat(api(), pages()).flatMap(Cost::ofBothKinds).toList();

  private static Stream<Rule> api() {
    return Stream.of(
        Rule.get("/api/v1/{kind}", "filter", "search", "account", "segment"),
        Rule.get("/api/v1/{kind}/{id}/explanation"),
        Rule.get("/api/v1/{kind}/{id}/history"),
        Rule.get("/api/v1/{kind}/{id}/next"),
        Rule.get("/api/v1/{kind}/{id}/timeline"),
        Rule.post("/api/v1/bulk/count"),
        Rule.get("/api/v1/coverage"),
        Rule.get("/api/v1/excluded"),
        Rule.get("/api/v1/exports/accounts"),
        Rule.get("/api/v1/exports/customers"),
        Rule.get("/api/v1/exports/events"),
        Rule.get("/api/v1/exports/rejected"),
        Rule.get("/api/v1/exports/scores"),
        Rule.get("/api/v1/goals"),
        Rule.get("/api/v1/goals/{id}"),
        Rule.get("/api/v1/journeys/high-scorers"),
        Rule.get("/api/v1/journeys/paths"),
        Rule.get("/api/v1/metrics/{id}"),
        Rule.get("/api/v1/survival"),
        Rule.get("/api/v1/migration"),
        Rule.get("/api/v1/segments"),
        Rule.post("/api/v1/segments/check"),
        Rule.get("/api/v1/segments/{name}"),
        Rule.get("/api/v1/segments/{name}/compare/{other}"),
        Rule.get("/api/v1/segments/{name}/days"),
        Rule.get("/api/v1/segments/{name}/members"),
        Rule.get("/api/v1/funnels/{id}"),
        Rule.post("/api/v1/funnels/ask"),
        Rule.get("/api/v1/lifecycle"),
        Rule.get("/api/v1/retention"),
        Rule.get("/api/v1/surveys/{survey}/comments"),
        Rule.post("/api/v1/models/diff"),
        Rule.post("/api/v1/models/propose"),
        Rule.post("/api/v1/models/whatif"));
  }

  private static Stream<Rule> pages() {
    return Stream.of(
        Rule.get("/{kind}", "view"),
        Rule.post("/{kind}/check"),
        Rule.post("/{kind}/bulk"),
        Rule.get("/{kind}/export/{format}"),
        Rule.get("/{kind}/{id}"),
        Rule.get("/{kind}/{id}/change"),
        Rule.get("/{kind}/{id}/events"),
        Rule.get("/{kind}/{id}/history.csv"),
        Rule.get("/{kind}/{id}/timeline"),
        Rule.get("/{kind}/trends"),
        Rule.get("/search", "q"),
        Rule.get("/data", "view"),
        Rule.get("/data/live/new", "view", "source"),
        Rule.get("/data/coverage"),
        Rule.get("/data/quality"),
        Rule.get("/data/rejected"),
        Rule.get("/journeys/paths"),
        Rule.get("/journeys/paths/{table}.csv"),
        Rule.get("/journeys/paths/behind"),
        Rule.get("/campaigns/{section}"),
        Rule.get("/campaigns/{section}/parts.csv"),
        Rule.get("/dashboards"),
        Rule.get("/dashboards/{id}/cards/{place}"),
        Rule.get("/journeys/funnel"),
        Rule.get("/journeys/funnel/steps.csv"),
        Rule.get("/journeys/high-scorers"),
        Rule.get("/journeys/high-scorers/activities.csv"),
        Rule.get("/journeys/lifecycle"),
        Rule.get("/journeys/lifecycle/stages.csv"),
        Rule.get("/journeys/lifecycle/survival.csv"),
        Rule.get("/journeys/lifecycle/groups.csv"),
        Rule.get("/journeys/retention"),
        Rule.get("/journeys/retention/cohorts.csv"),
        Rule.get("/metric/{id}"),
        Rule.get("/metric/{id}/series.csv"),
        Rule.get("/metric/{id}/same"),
        Rule.get("/segments"),
        Rule.get("/segments/-migration"),
        Rule.get("/segments/-migration.csv"),
        Rule.post("/segments/-check"),
        Rule.get("/segments/-compare", "a"),
        Rule.get("/segments/-compare.csv"),
        Rule.get("/segments/{name}"),
        Rule.get("/segments/{name}/days.csv"),
        Rule.get("/surveys"),
        Rule.get("/surveys/answers.csv"),
        Rule.get("/models/-propose"),
        Rule.post("/models/-propose/preview"),
        Rule.post("/models/-propose/preview.csv"),
        Rule.post("/models/{name}/changes.csv"),
        Rule.post("/models/{name}/tests"),
        Rule.post("/models/{name}/try"),
        Rule.get("/support"),
        Rule.get("/support/parts.csv"));
  }

  private static Stream<Rule> ofBothKinds(Rule rule) {
    return rule.path().contains("{kind}")
        ? Stream.of("customers", "accounts")
            .map(kind -> new Rule(rule.method(), rule.path().replace("{kind}", kind), rule.given()))
        : Stream.of(rule);
  }

  /// What a request costs.
  ///
  /// @param path with the names of its parts in braces
  /// @param has whether a parameter is given
  public static Cost of(String method, String path, Predicate<String> has) {
    return HEAVY_READS.stream().anyMatch(rule -> rule.holds(method, path, has))
        ? HEAVY
        : method.equals("GET") ? READ : CHANGE;
  }
}
