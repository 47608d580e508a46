package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Change;
import java.util.List;
import java.util.Locale;

/// The differences between two models as JSON.
public final class DiffAnswer {
  private DiffAnswer() {}

  /// The changes from one model to another.
  ///
  /// @param before what the first one is called
  public static Json.Obj json(String before, String after, List<Change> changes) {
    return new Answer()
        .put("before", before)
        .put("after", after)
        .objects("changes", changes, DiffAnswer::answer)
        .json();
  }

  private static Answer answer(Change change) {
    return new Answer()
        .put("change", change.kind().name().toLowerCase(Locale.ROOT))
        .put("part", change.part().name().toLowerCase(Locale.ROOT))
        .put("name", change.name())
        .put("field", change.field())
        .put("from", change.from())
        .put("to", change.to())
        .put("rereads", change.rereads());
  }
}
