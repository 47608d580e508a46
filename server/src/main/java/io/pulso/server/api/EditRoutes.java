package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.edit.Editor;
import io.pulso.server.edit.Edits;
import io.pulso.server.score.Individual;
import io.pulso.server.store.GivenPoints;
import io.pulso.server.store.Sentiments;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people and programs change by hand: traits, points, sentiment, links between ids.
final class EditRoutes {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final Api.Parts parts;
  private final Questions questions;

  EditRoutes(Api.Parts parts, Questions questions) {
    this.parts = parts;
    this.questions = questions;
  }

  void add(Routes routes) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = Questions.at(kind) + "/{id}/";
      routes.put(at + "traits", Scope.WRITE, call -> traits(kind, call));
      routes.get(at + "trait-history", Scope.READ, call -> traitHistory(kind, call));
      routes.put(at + "owner", Scope.WRITE, call -> owner(kind, call));
      routes.get(at + "sentiments", Scope.READ, call -> sentiments(kind, call));
      routes.post(at + "sentiments", Scope.WRITE, 201, call -> say(kind, call));
      routes.get(at + "adjustments", Scope.READ, call -> adjustments(kind, call));
      routes.post(at + "adjustments", Scope.WRITE, 201, call -> adjust(kind, call));
    }
    String customer = Questions.at(Model.Subject.CUSTOMER) + "/{id}/";
    routes.delete("/api/v1/adjustments/{id}", Scope.WRITE, this::endAdjustment);
    routes.get(customer + "links", Scope.READ, this::links);
    routes.post("/api/v1/undone-links", Scope.WRITE, 201, this::undoLink);
    routes.delete("/api/v1/undone-links/{id}", Scope.WRITE, this::restoreLink);
  }

  private Edits edits() {
    return parts.edits();
  }

  static Editor editor(Call call) {
    return new Editor(call.token().name(), "token " + call.token().id(), call.address());
  }

  private Json traits(Model.Subject kind, Call call) {
    Body body = new Body(call.body());
    Map<String, Json> traits = body.object("traits").fields();
    body.done();
    return told(kind, call, traits);
  }

  private Json owner(Model.Subject kind, Call call) {
    Body body = new Body(call.body());
    if (!body.has("owner")) {
      throw new Refused(400, "'owner' is missing; null takes the owner away");
    }
    String owner = body.text("owner");
    body.done();
    return told(kind, call, Map.of("owner", owner == null ? new Json.Null() : new Json.Str(owner)));
  }

  private Json told(Model.Subject kind, Call call, Map<String, Json> traits) {
    return new Answer()
        .put("id", call.path("id"))
        .put("traits", edits().setTraits(editor(call), kind, call.path("id"), traits))
        .json();
  }

  private Json traitHistory(Model.Subject kind, Call call) {
    String trait = call.free("trait");
    if (trait == null) {
      throw new Refused(400, "'trait' is missing");
    }
    return questions.ask((store, view) -> {
      Individual who = DetailRoutes.individual(view, kind, call.path("id"));
      return EditAnswer.traitHistory(view, who, trait);
    });
  }

  private Json sentiments(Model.Subject kind, Call call) {
    return questions.ask((store, view) -> {
      Individual who = DetailRoutes.individual(view, kind, call.path("id"));
      return new Answer()
          .put("id", who.id())
          .objects(
              "sentiments",
              store.byHand().sentiments().of(kind, who.number()),
              EditAnswer::sentiment)
          .json();
    });
  }

  private Json say(Model.Subject kind, Call call) {
    Body body = new Body(call.body());
    Sentiments.Mood mood = mood(body.needed("mood"));
    String note = body.text("note");
    body.done();
    return EditAnswer.sentiment(
            edits().say(editor(call), kind, call.path("id"), mood, note == null ? "" : note))
        .json();
  }

  private static Sentiments.Mood mood(String word) {
    for (Sentiments.Mood mood : Sentiments.Mood.values()) {
      if (mood.code().equals(word)) {
        return mood;
      }
    }
    throw new Refused(400, "'mood' is one of good, neutral, bad");
  }

  private Json adjustments(Model.Subject kind, Call call) {
    return questions.ask((store, view) -> {
      Individual who = DetailRoutes.individual(view, kind, call.path("id"));
      return new Answer()
          .put(Questions.word(kind), who.id())
          .objects(
              "adjustments",
              store.byHand().points().of(kind, who.number()),
              row -> EditAnswer.adjustment(row, questions.today()))
          .json();
    });
  }

  private Json adjust(Model.Subject kind, Call call) {
    Body body = new Body(call.body());
    String model = body.needed("model");
    Long points = body.milli("points");
    int days = body.whole("days");
    String reason = body.needed("reason");
    body.done();
    if (points == null) {
      throw new Refused(400, "'points' is missing");
    }
    GivenPoints.Row row =
        edits()
            .givePoints(
                editor(call), kind, call.path("id"), new Edits.Points(model, points, days, reason));
    return EditAnswer.adjustment(row, questions.today()).json();
  }

  private Json endAdjustment(Call call) {
    long no = number(call, "there is no adjustment %s");
    return EditAnswer.adjustment(edits().endPoints(editor(call), no), questions.today()).json();
  }

  private static long number(Call call, String unknown) {
    String text = call.path("id");
    if (!NUMBER.matcher(text).matches()) {
      throw new Refused(404, unknown.formatted(text));
    }
    return Long.parseLong(text);
  }

  private Json links(Call call) {
    return questions.ask((store, view) -> {
      Individual who = DetailRoutes.individual(view, Model.Subject.CUSTOMER, call.path("id"));
      return EditAnswer.links(store.byHand().links(), who);
    });
  }

  private Json undoLink(Call call) {
    Body body = new Body(call.body());
    String from = body.needed("from");
    @Nullable String note = body.text("note");
    body.done();
    return EditAnswer.undone(edits().undoLink(editor(call), from, note == null ? "" : note)).json();
  }

  private Json restoreLink(Call call) {
    long no = number(call, "there is no undone link %s");
    return EditAnswer.undone(edits().restoreLink(editor(call), no)).json();
  }
}
