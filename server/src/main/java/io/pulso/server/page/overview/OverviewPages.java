package io.pulso.server.page.overview;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Movement;
import io.pulso.server.summary.Mover;
import io.pulso.server.summary.Present;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The overview of everybody's scores.
public final class OverviewPages {
  private static final String TITLE = "overview.title";

  private final GlancePages glances;

  public OverviewPages(Site site) {
    this.glances = new GlancePages(site);
  }

  public void add(Pages pages) {
    pages.get("/overview", Role.VIEWER, this::overview);
    pages.get(
        "/overview/distribution.csv",
        Role.VIEWER,
        visit -> file(visit, "distribution", charts -> charts.distribution().grid()));
    pages.get(
        "/overview/bands.csv",
        Role.VIEWER,
        visit -> file(visit, "bands", charts -> charts.bands().grid()));
    pages.get("/overview/movers.csv", Role.VIEWER, this::movers);
  }

  private interface OfCharts {
    Grid grid(Charts charts);
  }

  private Shown file(Visit visit, String name, OfCharts of) {
    return only(
        glances.show(
            visit,
            TITLE,
            (onlooker, present) ->
                of.grid(new Charts(visit, onlooker, present, visit.days()))
                    .download("%s-%s.csv".formatted(onlooker.model().name(), name))));
  }

  /// A file, or the page that says why there is none.
  private static Shown only(Shown found) {
    return found instanceof Shown.Download ? found : Shown.redirect("/overview");
  }

  /// Hands over what the page shows, where it shows something.
  Shown with(Visit visit, Function<OverviewView, Shown> to) {
    return glances.show(
        visit, TITLE, (onlooker, present) -> to.apply(view(visit, onlooker, present)));
  }

  private Shown overview(Visit visit) {
    return glances.show(
        visit,
        TITLE,
        (onlooker, present) ->
            Shown.view(
                visit.isFragment() ? "overview/board" : "overview/overview",
                view(visit, onlooker, present)));
  }

  private static OverviewView view(Visit visit, Onlooker onlooker, Present present) {
    int days = visit.days();
    Charts charts = new Charts(visit, onlooker, present, days);
    Movement movement = onlooker.glance().movements().get(days);
    List<MoverRow> up = movement == null ? List.of() : onlooker.rows(up(onlooker, movement));
    List<MoverRow> down = movement == null ? List.of() : onlooker.rows(down(onlooker, movement));
    return new OverviewView(
        onlooker.board().number(),
        GlancePages.subtitle(visit, onlooker, present),
        GlancePages.stale(visit, onlooker),
        GlancePages.warnings(visit, onlooker),
        GlancePages.models(visit, onlooker),
        new Tiles(visit, onlooker, present, days).all(),
        charts.distribution(),
        onlooker.t("overview.distribution_sub"),
        onlooker.t("overview.bands_sub", "days", days),
        charts.bands(),
        bands(visit, onlooker, present, days),
        onlooker.t("overview.scored"),
        movement == null
            ? ""
            : visit.t(
                "overview.compared",
                "from",
                visit.figures().day(movement.from()),
                "to",
                visit.figures().day(movement.to())),
        onlooker.isLimited() ? onlooker.t("overview.limited") : "",
        up,
        down,
        "/overview/movers.csv?model=%s&days=%d"
            .formatted(Visit.encode(onlooker.model().name()), days));
  }

  private static Stream<Mover> up(Onlooker onlooker, Movement movement) {
    return onlooker.seen(movement.up()).stream();
  }

  private static Stream<Mover> down(Onlooker onlooker, Movement movement) {
    return onlooker.seen(movement.down()).stream();
  }

  private static List<OverviewView.BandRow> bands(
      Visit visit, Onlooker onlooker, Present present, int days) {
    List<BandLook> looks = onlooker.bands();
    Glance.Day before = onlooker.glance().day(present.day() - days);
    boolean same =
        before != null
            && onlooker
                .glance()
                .line()
                .on(before.counts().day())
                .model()
                .bands()
                .equals(onlooker.model().bands());
    List<OverviewView.BandRow> rows = new ArrayList<>();
    for (int place = looks.size() - 1; place >= 0; place--) {
      int count = present.bands().get(place);
      double share = present.scored() == 0 ? 0 : (double) count / present.scored();
      rows.add(
          new OverviewView.BandRow(
              looks.get(place),
              visit.figures().count(count),
              visit.figures().percent(share),
              (int) Math.round(share * 100),
              same && before != null ? change(visit, count, before, place) : null,
              onlooker.behind("band", looks.get(place).id())));
    }
    return rows;
  }

  private static @Nullable String change(Visit visit, int count, Glance.Day before, int place) {
    return visit.figures().countChange((long) count - before.counts().bands().get(place));
  }

  private Shown movers(Visit visit) {
    return only(glances.show(visit, TITLE, (onlooker, present) -> movers(visit, onlooker)));
  }

  private static Shown movers(Visit visit, Onlooker onlooker) {
    Movement movement = onlooker.glance().movements().get(visit.days());
    List<List<Grid.Cell>> rows = new ArrayList<>();
    Why why = new Why(visit, onlooker.model());
    List<BandLook> bands = onlooker.bands();
    if (movement != null) {
      Stream.concat(up(onlooker, movement), down(onlooker, movement))
          .forEach(mover ->
              rows.add(
                  List.of(
                      Grid.Cell.text(mover.id()),
                      Grid.Cell.number("", BigDecimal.valueOf(mover.before(), 3)),
                      Grid.Cell.number("", BigDecimal.valueOf(mover.after(), 3)),
                      Grid.Cell.text(bands.get(mover.bandBefore()).title()),
                      Grid.Cell.text(bands.get(mover.bandAfter()).title()),
                      Grid.Cell.text(why.main(mover)))));
    }
    return new Grid(
            List.of(
                visit.t("overview.id"),
                visit.t("overview.before"),
                visit.t("overview.after"),
                visit.t("overview.band_before"),
                visit.t("overview.band_after"),
                visit.t("overview.reason")),
            rows,
            "")
        .download("%s-movers.csv".formatted(onlooker.model().name()));
  }
}
