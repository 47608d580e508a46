package io.pulso.server.page.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.score.WhatIfs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// What a change does to everybody, in figures and words for a script of the page.
final class WhatIfData {
  private static final int BARS = 36;
  private static final int MOST_FLOWS = 12;

  /// So many scores are enough to choose the bars by.
  private static final int LOOKED_AT = 20_000;

  private final Visit visit;
  private final WhatIfs.Comparison of;
  private final List<Band> before;
  private final List<Band> after;
  private final FlowMembers members;

  WhatIfData(Visit visit, WhatIfs.Comparison of) {
    this.visit = visit;
    this.of = of;
    this.members = new FlowMembers(visit, of);
    this.before = of.from().model().bands();
    this.after = of.to().model().bands();
  }

  Answer answer() {
    boolean named = visit.sight().accounts() == null;
    Movers none = new Movers(List.of(), List.of());
    Movers movers = named ? of.movers() : none;
    return new Answer()
        .put("state", "ready")
        .put(
            "changed",
            visit.t("model.changed", "changed", of.changed(), "of", (long) of.ids().length))
        .put("bands", upAndDown())
        .put("hidden", !named)
        .put("histogram", histogram())
        .put("flow", flow())
        .objects("flows", flows(), row -> row)
        .put("members", named ? members.of(visit.form("flow")) : new Json.Null())
        .objects("matrix", matrix(), row -> row)
        .objects("up", movers.up(), this::mover)
        .objects("down", movers.down(), this::mover);
  }

  private String upAndDown() {
    long up = 0;
    long down = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < after.size(); j++) {
        int place = place(before.get(i), j);
        up += j > place ? of.bands().moved(i, j) : 0;
        down += j < place ? of.bands().moved(i, j) : 0;
      }
    }
    return visit.t("model.up_down", "up", up, "down", down);
  }

  /// Where a band stands among those after; bands that are gone move nobody.
  private int place(Band band, int otherwise) {
    for (int j = 0; j < after.size(); j++) {
      if (after.get(j).id().equals(band.id())) {
        return j;
      }
    }
    return otherwise;
  }

  private Json histogram() {
    List<Distribution.Bar> bars =
        Distribution.of(LongStream.concat(some(of.before()), some(of.after())).toArray())
            .histogram(BARS);
    if (bars.isEmpty()) {
      return new Answer().put("bins", new Json.Arr(List.of())).json();
    }
    int[] was = counts(of.before(), bars);
    int[] is = counts(of.after(), bars);
    Bands bands = Bands.of(of.to().model());
    List<Json> bins = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      Distribution.Bar bar = bars.get(i);
      String from = visit.figures().points(bar.from());
      bins.add(
          new Answer()
              .put("label", from)
              .put("n", is[i])
              .put("was", was[i])
              .put(
                  "text",
                  visit.t(
                      "model.bin",
                      "from",
                      from,
                      "to",
                      visit.figures().points(bar.to()),
                      "n",
                      is[i],
                      "was",
                      was[i]))
              .put("color", ModelPages.colour(bands.band((bar.from() + bar.to()) / 2), after))
              .json());
    }
    return new Answer().put("bins", new Json.Arr(bins)).json();
  }

  private static LongStream some(long[] scores) {
    int step = 1 + scores.length / LOOKED_AT;
    return LongStream.iterate(0, i -> i < scores.length, i -> i + step)
        .map(i -> scores[(int) i])
        .filter(Kernel::isScore);
  }

  private static int[] counts(long[] scores, List<Distribution.Bar> bars) {
    int[] counts = new int[bars.size()];
    long first = bars.getFirst().from();
    long width = bars.getFirst().to() - first;
    for (long score : scores) {
      if (Kernel.isScore(score)) {
        counts[Math.clamp(Math.floorDiv(score - first, width), 0, counts.length - 1)]++;
      }
    }
    return counts;
  }

  private Json flow() {
    WhatIf bands = of.bands();
    List<Json> nodes = new ArrayList<>();
    List<Json> links = new ArrayList<>();
    List<Integer> was = bands.before();
    List<Integer> is = bands.after();
    // From the highest band downwards, as scores are read.
    for (int i = before.size(); i >= 0; i--) {
      if (was.get(i) > 0) {
        nodes.add(node("b" + i, before, i, was.get(i), 0));
      }
    }
    for (int j = after.size(); j >= 0; j--) {
      if (is.get(j) > 0) {
        nodes.add(node("a" + j, after, j, is.get(j), 1));
      }
    }
    for (int i = before.size(); i >= 0; i--) {
      for (int j = after.size(); j >= 0; j--) {
        if (bands.moved(i, j) > 0) {
          links.add(
              new Answer()
                  .put("from", "b" + i)
                  .put("to", "a" + j)
                  .put("n", bands.moved(i, j))
                  .put("text", said(i, j))
                  .json());
        }
      }
    }
    return new Answer().put("nodes", new Json.Arr(nodes)).put("links", new Json.Arr(links)).json();
  }

  private Json node(String id, List<Band> bands, int place, int count, int depth) {
    return new Answer()
        .put("id", id)
        .put("name", title(bands, place) + "  " + visit.figures().count(count))
        .put("color", place < bands.size() ? ModelPages.colour(bands.get(place), bands) : "--muted")
        .put("depth", depth)
        .json();
  }

  private String title(List<Band> bands, int place) {
    return place < bands.size()
        ? ModelPages.title(visit, bands.get(place))
        : visit.t("model.no_score");
  }

  /// How many are in each band before and after.
  private List<Answer> matrix() {
    List<Answer> rows = new ArrayList<>();
    List<Integer> was = of.bands().before();
    List<Integer> is = of.bands().after();
    for (int j = 0; j < after.size(); j++) {
      int i = placeBefore(after.get(j));
      long then = i < 0 ? 0 : was.get(i);
      rows.add(
          new Answer()
              .put("band", title(after, j))
              .put("color", ModelPages.colour(after.get(j), after))
              .put("was", visit.figures().count(then))
              .put("is", visit.figures().count(is.get(j)))
              .put("change", visit.figures().countChange(is.get(j) - then)));
    }
    return rows;
  }

  private int placeBefore(Band band) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).id().equals(band.id())) {
        return i;
      }
    }
    return -1;
  }

  /// The ways from one band to another one, the most used first.
  private List<Answer> flows() {
    List<int[]> ways = new ArrayList<>();
    for (int i = 0; i <= before.size(); i++) {
      for (int j = 0; j <= after.size(); j++) {
        boolean stays = i == before.size() ? j == after.size() : place(before.get(i), -1) == j;
        if (!stays && of.bands().moved(i, j) > 0) {
          ways.add(new int[] {i, j});
        }
      }
    }
    ways.sort(Comparator.comparingInt((int[] way) -> -of.bands().moved(way[0], way[1])));
    return ways.stream()
        .limit(MOST_FLOWS)
        .map(
            way -> new Answer().put("key", way[0] + "-" + way[1]).put("text", said(way[0], way[1])))
        .toList();
  }

  private String said(int i, int j) {
    return visit.t(
        "model.flow", "n", of.bands().moved(i, j), "from", title(before, i), "to", title(after, j));
  }

  private Answer mover(Movers.Mover mover) {
    return members.row(mover.subject());
  }
}
