package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.BandSets;
import io.pulso.server.starter.Proposal;
import io.pulso.server.starter.Shortfall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A proposed first model as JSON.
public final class ProposalAnswer {
  private ProposalAnswer() {}

  public static Json.Obj json(Proposal of) {
    Proposal.Spread spread = of.spread();
    return new Answer()
        .day("as_of", of.asOf())
        .put("active", of.active())
        .put("sampled", of.sampled())
        .objects("rules", of.rules(), ProposalAnswer::rule)
        .objects("left_out", of.leftOut(), ProposalAnswer::leftOut)
        .put("more_left_out", of.more())
        .milli("median", spread == null ? null : (Long) spread.median())
        .milli("top_tenth", spread == null ? null : (Long) spread.top())
        .objects("bands", spread == null ? List.of() : bands(spread), answer -> answer)
        .texts("shortfalls", of.shortfalls().stream().map(Shortfall::word).toList())
        .put("text", of.text())
        .json();
  }

  private static Answer rule(Proposal.Rule rule) {
    Answer title = new Answer();
    new TreeMap<>(rule.title().byLanguage()).forEach(title::put);
    return new Answer()
        .put("name", rule.name())
        .put("title", title.json())
        .put("role", rule.role().word())
        .put("match", rule.match())
        .milli("points", rule.points())
        .put("per_day", rule.perDay())
        .milli("per_window", rule.perWindow())
        .put("customers", rule.customers())
        .put("events", rule.events())
        .put("usual", rule.usual());
  }

  private static Answer leftOut(Proposal.LeftOut one) {
    return new Answer()
        .put("name", one.name())
        .put("page", one.page())
        .put("why", one.why().name().toLowerCase(Locale.ROOT))
        .put("events", one.events());
  }

  private static List<Answer> bands(Proposal.Spread spread) {
    List<Band> bands = BandSets.points();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      answers.add(
          new Answer().put("band", bands.get(i).id()).put("customers", spread.bands().get(i)));
    }
    return answers;
  }
}
