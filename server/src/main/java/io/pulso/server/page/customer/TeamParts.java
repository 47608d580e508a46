package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Visit;
import io.pulso.server.score.AccountPeople;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Selection;
import io.pulso.server.store.OpaqueIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// How an account stands on its people, and who they are.
final class TeamParts {
  private static final int SHOWN = 25;
  private static final double FRAGILE = 0.5;

  private final Area area;

  TeamParts(Area area) {
    this.area = area;
  }

  SubjectView.Team of(Visit visit, SubjectPages.About about) {
    Individual who = about.who();
    AccountPeople people = AccountPeople.of(about.view(), about.use(), who.number(), about.day());
    Double breadth = people.breadth();
    Integer champion = people.champion();
    OpaqueIds ids = about.store().opaqueIds();
    String name = "";
    if (champion != null) {
      Json.Obj traits = about.view().traits(Model.Subject.CUSTOMER, champion, about.day());
      String id = about.view().id(Model.Subject.CUSTOMER, champion);
      name = Named.of(Model.Subject.CUSTOMER, id, traits, about.sight()).name();
    }
    return new SubjectView.Team(
        people.people(),
        people.active(),
        breadth == null ? "" : visit.figures().percent(breadth),
        name,
        champion == null ? "" : Area.at(ids, Model.Subject.CUSTOMER, champion),
        champion == null ? "" : visit.figures().percent(people.championShare()),
        people.people() > 1 && people.championShare() > FRAGILE,
        rows(visit, about),
        "/accounts/" + ids.of(who.kind(), who.number()) + "/people",
        tiers(visit, about));
  }

  /// Its people with the highest scores.
  private List<ListView.Row> rows(Visit visit, SubjectPages.About about) {
    InUse use = area.use(about.store(), Model.Subject.CUSTOMER);
    Roster roster =
        area.site()
            .parts()
            .rosters()
            .find(about.view(), Model.Subject.CUSTOMER, use, about.day(), false);
    BitSet rows = new Selection(null, about.who().id(), null, List.of()).rows(about.view(), roster);
    int[] some =
        Arrays.stream(roster.order(Roster.Sort.SCORE_DOWN))
            .filter(rows::get)
            .limit(SHOWN)
            .toArray();
    return new ListRows(
            about.view(),
            roster,
            about.store().opaqueIds(),
            about.sight(),
            visit,
            List.of(
                new ListView.Column("last_seen", visit.t("customers.column_last_seen"), "", false)))
        .of(some);
  }

  private static List<SubjectView.Value> tiers(Visit visit, SubjectPages.About about) {
    List<SubjectView.Value> values = new ArrayList<>();
    if (!about.sight().masks("tier")) {
      about
          .view()
          .traitHistory(
              about.who().kind(),
              about.who().number(),
              "tier",
              (from, value) ->
                  values.add(
                      new SubjectView.Value(
                          value == null ? visit.t("frame.none") : Named.text(value),
                          visit.figures().instant(from))));
    }
    return values.reversed();
  }
}
