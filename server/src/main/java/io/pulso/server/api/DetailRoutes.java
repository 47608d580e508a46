package io.pulso.server.api;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.AccountPeople;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All about one customer or account.
final class DetailRoutes {
  private static final int MOST_PEOPLE = 100;

  private final Questions questions;

  DetailRoutes(Questions questions) {
    this.questions = questions;
  }

  void add(Routes routes) {
    for (Model.Subject kind : Model.Subject.values()) {
      routes.get(Questions.at(kind) + "/{id}", Scope.READ, call -> detail(kind, call));
    }
  }

  private Json detail(Model.Subject kind, Call call) {
    int day = questions.day(call);
    return questions.ask((store, view) -> {
      InUse use = questions.use(store, call, kind, day);
      Individual who = individual(view, kind, call.path("id"));
      Standings standings = view.standings(kind);
      Integer last = standings.lastDay(who.number(), day);
      Answer answer =
          new Answer()
              .put("id", who.id())
              .day("first_seen", who.firstDay())
              .day("last_seen", last)
              .put("traits", view.traits(kind, who.number(), day));
      switch (kind) {
        case CUSTOMER ->
            answer
                .texts("other_ids", standings.merged(who.number()))
                .put("identified", standings.identified(who.number()))
                .put(
                    "processing",
                    ProcessingAnswer.word(view.objectedAt(kind, who.number()) != null))
                .put(
                    "account", standings.accounts(new int[] {who.number()}, day).get(who.number()));
        case ACCOUNT -> {
          people(view, who, day, answer);
          standing(view, use, who, day, answer);
        }
      }
      score(view, use, who, day, last, answer);
      return answer.json();
    });
  }

  static Individual individual(View view, Model.Subject kind, String id) {
    if (view.subject(kind, id).isEmpty()) {
      throw unknown(kind, id);
    }
    int number = view.subject(kind, id).getAsInt();
    if (view.firstDay(kind, number).isEmpty()) {
      throw unknown(kind, id);
    }
    return Individual.find(view, kind, id);
  }

  private static Refused unknown(Model.Subject kind, String id) {
    return new Refused(404, "there is no %s '%s'".formatted(Questions.word(kind), id));
  }

  private static void people(View view, Individual who, int day, Answer answer) {
    Standings customers = view.standings(Model.Subject.CUSTOMER);
    int[] people = customers.people(who.number(), day);
    int[] some = Arrays.copyOf(people, Math.min(people.length, MOST_PEOPLE));
    Map<Integer, String> traits = customers.traits(some, day);
    answer.put("people_total", people.length);
    answer.objects(
        "people",
        Arrays.stream(some).boxed().toList(),
        number -> {
          Json.Obj told = ListRoutes.object(traits.get(number));
          return new Answer()
              .put("id", view.id(Model.Subject.CUSTOMER, number))
              .put("name", told.get("name") instanceof Json.Str(String name) ? name : null)
              .put("email", told.get("email") instanceof Json.Str(String mail) ? mail : null)
              .day("last_seen", customers.lastDay(number, day));
        });
  }

  /// How the account stands on its people.
  private static void standing(
      View view, @Nullable InUse use, Individual who, int day, Answer answer) {
    AccountPeople people = AccountPeople.of(view, use, who.number(), day);
    Integer champion = people.champion();
    Double breadth = people.breadth();
    answer
        .put("people_active", people.active())
        .put("breadth", breadth == null ? new Json.Null() : rounded(breadth))
        .put("champion", champion == null ? null : view.id(Model.Subject.CUSTOMER, champion))
        .put(
            "champion_share", champion == null ? new Json.Null() : rounded(people.championShare()));
  }

  private static Json rounded(double share) {
    return new Json.Num(Math.round(share * 1000) / 1000.0);
  }

  /// The score of the day; null where no model scores the subject on it.
  private static void score(
      View view,
      @Nullable InUse use,
      Individual who,
      int day,
      @Nullable Integer last,
      Answer answer) {
    ExplainedScore score =
        use != null && scores(view, use.model(), who, day)
            ? new Explaining(view).day(use, who, day)
            : null;
    Band band = score == null ? null : score.bandTo();
    int since = use == null ? day : day - use.model().window() + 1;
    answer
        .put("model", use == null ? null : use.model().name())
        .put("version", use == null ? null : use.version())
        .day("day", day)
        .milli("score", score == null ? null : score.scoreTo())
        .put("band", band == null ? null : band.id())
        .put("inactive", use != null && (last == null || last < since))
        .put("ramping", use != null && who.firstDay() > day - use.model().window());
  }

  private static boolean scores(View view, Model model, Individual who, int day) {
    Expression condition = model.appliesTo();
    return who.firstDay() <= day
        && view.objectedAt(who.kind(), who.number()) == null
        && (condition == null
            || view.matching(who.kind(), condition.condition(), day).get(who.number()));
  }
}
