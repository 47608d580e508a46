package io.pulso.server.page.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.store.OpaqueIds;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who goes from one band to another under a change, each with the way to their page.
final class FlowMembers {
  private static final Pattern FLOW = Pattern.compile("(\\d{1,3})-(\\d{1,3})");
  private static final int SHOWN = 50;

  private final Visit visit;
  private final WhatIfs.Comparison of;
  private final OpaqueIds ids;

  FlowMembers(Visit visit, WhatIfs.Comparison of) {
    this.visit = visit;
    this.of = of;
    this.ids = visit.site().parts().store().opaqueIds();
  }

  /// Those whose scores change most on a way, and how many there are.
  ///
  /// @param flow places of the bands, as `3-2`; those without a score are behind the last
  /// @return null where no way is asked for
  Json of(@Nullable String flow) {
    Matcher places = FLOW.matcher(flow == null ? "" : flow);
    if (!places.matches()) {
      return new Json.Null();
    }
    int from = Integer.parseInt(places.group(1));
    int to = Integer.parseInt(places.group(2));
    Bands before = Bands.of(of.from().model());
    Bands after = Bands.of(of.to().model());
    // The least change is taken out first, and of equal ones the last.
    PriorityQueue<Integer> most =
        new PriorityQueue<>(
            Comparator.comparingLong(this::change)
                .thenComparing(Comparator.<Integer>naturalOrder().reversed()));
    int all = 0;
    for (int i = 0; i < of.ids().length; i++) {
      if (place(before, of.before()[i]) == from && place(after, of.after()[i]) == to) {
        all++;
        most.add(i);
        if (most.size() > SHOWN) {
          most.remove();
        }
      }
    }
    List<Integer> shown =
        most.stream()
            .sorted(
                Comparator.comparingLong(this::change)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    return new Answer()
        .put("key", String.valueOf(flow))
        .put(
            "told", all <= SHOWN ? "" : visit.t("model.flow_most", "shown", SHOWN, "n", (long) all))
        .objects("rows", shown, this::row)
        .json();
  }

  private static int place(Bands bands, long score) {
    return Kernel.isScore(score) ? bands.index(score) : bands.size();
  }

  private long change(int i) {
    return Kernel.isScore(of.before()[i]) && Kernel.isScore(of.after()[i])
        ? Math.abs(of.after()[i] - of.before()[i])
        : 0;
  }

  /// One of those compared.
  Answer row(int i) {
    Model.Subject kind = of.to().model().subject();
    boolean both = Kernel.isScore(of.before()[i]) && Kernel.isScore(of.after()[i]);
    return new Answer()
        .put("who", of.ids()[i])
        .put(
            "href",
            (kind == Model.Subject.CUSTOMER ? "/customers/" : "/accounts/")
                + ids.of(kind, of.numbers()[i]))
        .put("was", points(of.before()[i]))
        .put("is", points(of.after()[i]))
        .put("change", both ? visit.figures().change(of.after()[i] - of.before()[i]) : "");
  }

  private String points(long score) {
    return Kernel.isScore(score) ? visit.figures().points(score) : visit.t("model.no_score");
  }
}
