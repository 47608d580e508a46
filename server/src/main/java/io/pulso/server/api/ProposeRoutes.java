package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.InUse;
import io.pulso.server.starter.Starter;
import java.util.Set;
import java.util.stream.Collectors;

/// A first model, proposed from what arrives.
final class ProposeRoutes {
  private final Api.Parts parts;
  private final Questions questions;

  ProposeRoutes(Api.Parts parts, Questions questions) {
    this.parts = parts;
    this.questions = questions;
  }

  void add(Routes routes) {
    routes.post("/api/v1/models/propose", Scope.READ, 200, this::propose);
  }

  private Json propose(Call call) {
    int asOf = questions.day(call);
    return questions.ask((store, view) -> {
      Set<String> taken =
          parts.models().everything(store).stream()
              .map(InUse::model)
              .map(model -> model.name())
              .collect(Collectors.toSet());
      return ProposalAnswer.json(Starter.read(view, asOf, taken).proposal());
    });
  }
}
