package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.score.WhatIfs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What another model would do to everybody, as JSON.
public final class WhatIfAnswer {
  private WhatIfAnswer() {}

  public static Json.Obj json(WhatIfs.Comparison of) {
    List<Band> before = of.from().model().bands();
    List<Band> after = of.to().model().bands();
    WhatIf bands = of.bands();
    List<Answer> moves = new ArrayList<>();
    for (int i = 0; i <= before.size(); i++) {
      for (int j = 0; j <= after.size(); j++) {
        if (bands.moved(i, j) > 0) {
          moves.add(
              new Answer()
                  .put("from", id(before, i))
                  .put("to", id(after, j))
                  .put("subjects", bands.moved(i, j)));
        }
      }
    }
    return new Answer()
        .put("model", of.to().model().name())
        .put("version_before", of.from().version())
        .put("version_after", of.to().version())
        .day("as_of", of.asOf())
        .put("subjects", of.ids().length)
        .put("changed", of.changed())
        .objects("before", counts(before, bands.before()), answer -> answer)
        .objects("after", counts(after, bands.after()), answer -> answer)
        .objects("moves", moves, answer -> answer)
        .objects("up", of.movers().up(), mover -> mover(of, mover))
        .objects("down", of.movers().down(), mover -> mover(of, mover))
        .json();
  }

  private static @Nullable String id(List<Band> bands, int place) {
    return place < bands.size() ? bands.get(place).id() : null;
  }

  private static List<Answer> counts(List<Band> bands, List<Integer> counts) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      answers.add(new Answer().put("band", id(bands, i)).put("subjects", counts.get(i)));
    }
    return answers;
  }

  private static Answer mover(WhatIfs.Comparison of, Movers.Mover mover) {
    return new Answer()
        .put("subject", of.ids()[mover.subject()])
        .milli("before", mover.before())
        .milli("after", mover.after());
  }
}
