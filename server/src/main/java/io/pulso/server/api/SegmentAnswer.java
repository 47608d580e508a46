package io.pulso.server.api;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.segment.Flow;
import io.pulso.server.segment.Migration;
import io.pulso.server.store.SegmentLists;
import java.util.ArrayList;
import java.util.List;

/// Segments, and who is in them, as JSON.
public final class SegmentAnswer {
  private SegmentAnswer() {}

  /// What it is.
  public static Answer of(Segment segment) {
    Answer answer =
        new Answer()
            .put("segment", segment.name())
            .put("title", segment.title().in("en"))
            .put("description", segment.description().in("en"))
            .put("of", kind(segment.of()));
    return switch (segment.members()) {
      case Segment.Rule(Expression when) -> answer.put("when", when.text()).put("list", false);
      case Segment.Listed _ -> answer.put("when", new Json.Null()).put("list", true);
    };
  }

  /// The word for those it is of.
  public static String kind(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? "customers" : "accounts";
  }

  /// Who came and went.
  public static Json.Obj days(Segment segment, List<Flow.Day> days) {
    return new Answer()
        .put("segment", segment.name())
        .objects(
            "days",
            days,
            day ->
                new Answer()
                    .day("day", day.day())
                    .put("size", day.size())
                    .put("entered", day.entered().cardinality())
                    .put("left", day.left().cardinality()))
        .json();
  }

  /// How customers moved between bands.
  public static Json.Obj migration(Migration migration) {
    List<Answer> moves = new ArrayList<>();
    for (int from = 0; from < migration.from().size(); from++) {
      for (int to = 0; to < migration.to().size(); to++) {
        moves.add(
            new Answer()
                .put("before", migration.from().get(from).id())
                .put("after", migration.to().get(to).id())
                .put("customers", migration.counts()[from][to]));
      }
    }
    for (int to = 0; to < migration.to().size(); to++) {
      moves.add(
          new Answer()
              .put("before", new Json.Null())
              .put("after", migration.to().get(to).id())
              .put("customers", migration.came()[to]));
    }
    for (int from = 0; from < migration.from().size(); from++) {
      moves.add(
          new Answer()
              .put("before", migration.from().get(from).id())
              .put("after", new Json.Null())
              .put("customers", migration.gone()[from]));
    }
    return new Answer()
        .day("from", migration.first())
        .day("to", migration.last())
        .objects("moves", moves, move -> move)
        .json();
  }

  /// What became of ids.
  public static Json.Obj changed(SegmentLists.Changed changed) {
    return new Answer()
        .put("read", changed.read())
        .put("added", changed.added())
        .put("kept", changed.kept())
        .put("removed", changed.removed())
        .texts("unknown", changed.unknown())
        .json();
  }
}
