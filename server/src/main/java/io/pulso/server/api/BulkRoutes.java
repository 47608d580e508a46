package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.edit.Bulk;
import io.pulso.server.edit.BulkJob;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Rosters;
import io.pulso.server.score.Selection;
import io.pulso.server.store.Standings;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes of all customers or accounts that a filter means, in the background.
final class BulkRoutes {
  private static final String AT = "/api/v1/bulk";

  private final Bulk bulk;
  private final Questions questions;
  private final Rosters rosters;

  BulkRoutes(Bulk bulk, Questions questions, Rosters rosters) {
    this.bulk = bulk;
    this.questions = questions;
    this.rosters = rosters;
  }

  void add(Routes routes) {
    routes.post(AT + "/count", Scope.READ, 200, this::count);
    routes.post(AT, Scope.WRITE, 202, this::start);
    routes.get(
        AT, Scope.READ, call -> new Answer().objects("jobs", bulk.all(), EditAnswer::job).json());
    routes.get(AT + "/{id}", Scope.READ, call -> told(bulk.find(call.path("id")), call));
    routes.delete(AT + "/{id}", Scope.WRITE, call -> told(bulk.cancel(call.path("id")), call));
  }

  private static Json told(@Nullable BulkJob job, Call call) {
    if (job == null) {
      throw new Refused(404, "there is no change '%s'".formatted(call.path("id")));
    }
    return EditAnswer.job(job).json();
  }

  private interface Doing {
    Json with(Roster roster, BitSet rows);
  }

  private Json meant(Body body, Doing doing) {
    String word = body.needed("kind");
    Model.Subject kind =
        switch (word) {
          case "customer" -> Model.Subject.CUSTOMER;
          case "account" -> Model.Subject.ACCOUNT;
          default -> throw new Refused(400, "'kind' is one of customer, account");
        };
    String population = body.text("population");
    if (population != null && !ListRoutes.POPULATIONS.contains(population)) {
      throw new Refused(400, "'population' is one of identified, all");
    }
    Selection selection =
        new Selection(
            ListRoutes.filter(body.text("filter")),
            body.text("account"),
            body.text("search"),
            Standings.NAMES);
    body.done();
    int day = questions.today();
    return questions.ask((store, view) -> {
      InUse use = questions.usual(store, kind, day);
      Roster roster = rosters.find(view, kind, use, day, "all".equals(population));
      return doing.with(roster, selection.rows(view, roster));
    });
  }

  private Json count(Call call) {
    return meant(
        new Body(call.body()),
        (roster, rows) -> new Answer().put("count", rows.cardinality()).json());
  }

  private Json start(Call call) {
    Body body = new Body(call.body());
    int expected = body.whole("expected");
    Map<String, Json> traits = body.object("traits").fields();
    return meant(
        body,
        (roster, rows) ->
            EditAnswer.job(bulk.start(EditRoutes.editor(call), roster, rows, expected, traits))
                .json());
  }
}
