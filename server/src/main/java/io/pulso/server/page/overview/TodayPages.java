package io.pulso.server.page.overview;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.store.Ownership;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Glances;
import io.pulso.server.summary.Movement;
import io.pulso.server.summary.Mover;
import io.pulso.server.summary.Present;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The daily review: what is another than yesterday, who crossed a band and why, what renews.
public final class TodayPages {
  private static final int LISTED = 10;
  private static final List<Integer> AHEAD = List.of(30, 60, Glances.AHEAD);

  private final Site site;
  private final GlancePages glances;

  public TodayPages(Site site) {
    this.site = site;
    this.glances = new GlancePages(site);
  }

  public void add(Pages pages) {
    pages.get("/", Role.VIEWER, this::today);
  }

  private Shown today(Visit visit) {
    return glances.show(
        visit,
        "today.title",
        (onlooker, present) ->
            Shown.view(
                visit.isFragment() ? "overview/review" : "overview/today",
                view(visit, onlooker, present)));
  }

  private TodayView view(Visit visit, Onlooker onlooker, Present present) {
    boolean mine = "1".equals(visit.param("mine"));
    Movement movement = onlooker.glance().movements().get(1);
    Renewals renewals = new Renewals(site, visit, onlooker);
    int ahead = ahead(visit);
    List<TodayView.Renewal> soon = renewals.within(ahead, mine);
    long weak = soon.stream().filter(TodayView.Renewal::weak).count();
    return new TodayView(
        onlooker.board().number(),
        GlancePages.subtitle(visit, onlooker, present),
        GlancePages.stale(visit, onlooker),
        GlancePages.warnings(visit, onlooker),
        GlancePages.models(visit, onlooker),
        mine(visit, onlooker, mine),
        tiles(visit, onlooker, present, movement),
        movement == null
            ? ""
            : visit.t(
                "today.compared",
                "from",
                visit.figures().day(movement.from()),
                "to",
                visit.figures().day(movement.to())),
        movement == null ? "" : onlooker.t("today.fell", "n", movement.downs()),
        movement == null ? "" : onlooker.t("today.rose", "n", movement.ups()),
        rows(visit, onlooker, movement == null ? List.of() : movement.crossedDown(), mine),
        rows(visit, onlooker, movement == null ? List.of() : movement.crossedUp(), mine),
        onlooker.isLimited() ? onlooker.t("overview.limited") : "",
        renewals.isThere() ? choices(visit, ahead) : List.of(),
        soon.isEmpty() ? "" : visit.t("today.renewals_weak", "n", weak, "all", soon.size()),
        soon);
  }

  private static int ahead(Visit visit) {
    String asked = visit.param("ahead");
    return AHEAD.stream()
        .filter(days -> String.valueOf(days).equals(asked))
        .findFirst()
        .orElse(AHEAD.getFirst());
  }

  private static List<OverviewView.Choice> choices(Visit visit, int ahead) {
    return AHEAD.stream()
        .map(days ->
            new OverviewView.Choice(
                visit.t("today.next_days", "n", days), visit.with("ahead", days), days == ahead))
        .toList();
  }

  private static BitSet owned(Visit visit, Onlooker onlooker) {
    Ownership found = onlooker.board().ownership().get(onlooker.kind());
    return found == null ? new BitSet() : found.of(visit.person().email());
  }

  private static List<OverviewView.Choice> mine(Visit visit, Onlooker onlooker, boolean mine) {
    int own = owned(visit, onlooker).cardinality();
    return own == 0 && !mine
        ? List.of()
        : List.of(
            new OverviewView.Choice(visit.t("today.all"), visit.with("mine", 0), !mine),
            new OverviewView.Choice(visit.t("today.mine", "n", own), visit.with("mine", 1), mine));
  }

  private static List<MoverRow> rows(
      Visit visit, Onlooker onlooker, List<Mover> crossed, boolean mine) {
    BitSet own = mine ? owned(visit, onlooker) : null;
    Stream<Mover> shown =
        onlooker.seen(crossed).stream()
            .filter(mover -> own == null || own.get(mover.number()))
            .limit(LISTED);
    return onlooker.rows(shown);
  }

  private static List<Tile> tiles(
      Visit visit, Onlooker onlooker, Present present, @Nullable Movement movement) {
    Glance glance = onlooker.glance();
    Glance.Day yesterday = glance.day(present.day() - 1);
    List<Tile> tiles = new ArrayList<>();
    Long median = present.median();
    Long before = yesterday == null ? null : yesterday.counts().median();
    tiles.add(
        tile(
            onlooker,
            "median",
            "gauge",
            median == null ? visit.t("frame.none") : visit.figures().points(median),
            median == null || before == null
                ? null
                : change(visit, visit.figures().change(median - before), median - before, 1),
            median == null
                ? null
                : onlooker.behind("most", BigDecimal.valueOf(median, 3).toPlainString())));
    tiles.add(
        count(
            visit,
            onlooker,
            "engaged",
            "flame",
            present.engaged(),
            yesterday == null ? null : glance.engaged(yesterday),
            1,
            onlooker.behind(glance.model().engagedBands())));
    tiles.add(
        count(
            visit,
            onlooker,
            "at_risk",
            "alert-triangle",
            present.atRisk(),
            yesterday == null ? null : glance.atRisk(yesterday),
            -1,
            onlooker.behind(Glance.atRisk(glance.model()))));
    if (movement != null) {
      tiles.add(
          count(visit, onlooker, "moved_down", "trending-down", movement.fell(), null, -1, null));
      tiles.add(count(visit, onlooker, "moved_up", "trending-up", movement.rose(), null, 1, null));
    }
    tiles.add(count(visit, onlooker, "newcomers", "sparkles", present.newcomers(), null, 1, null));
    return tiles;
  }

  private static Tile count(
      Visit visit,
      Onlooker onlooker,
      String id,
      String icon,
      int now,
      @Nullable Integer before,
      int better,
      @Nullable String to) {
    return tile(
        onlooker,
        id,
        icon,
        visit.figures().count(now),
        before == null
            ? null
            : change(visit, visit.figures().countChange(now - before), now - before, better),
        to);
  }

  private static Tile tile(
      Onlooker onlooker,
      String id,
      String icon,
      String value,
      Tile.@Nullable Change change,
      @Nullable String to) {
    return new Tile(
        id,
        icon,
        onlooker.t("today." + id),
        value,
        change,
        onlooker.t("today." + id + "_about"),
        "",
        "",
        to);
  }

  private static Tile.Change change(Visit visit, String text, long by, int better) {
    int good = Long.signum(by) * better;
    return new Tile.Change(
        text,
        good > 0 ? "good" : good < 0 ? "bad" : "",
        by > 0 ? "arrow-up-right" : by < 0 ? "arrow-down-right" : "minus",
        visit.t(good > 0 ? "today.better" : good < 0 ? "today.worse" : "today.same"));
  }
}
