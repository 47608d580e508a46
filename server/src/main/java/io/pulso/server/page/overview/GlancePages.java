package io.pulso.server.page.overview;

import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.InUse;
import io.pulso.server.summary.Board;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Present;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What the pages that show a glance have in common: which model is meant, and what is shown while
/// there is nothing to show.
final class GlancePages {
  private final Site site;

  GlancePages(Site site) {
    this.site = site;
  }

  /// Shows a glance that is whole.
  interface Showing {
    Shown show(Onlooker onlooker, Present present);
  }

  /// Shows what a visit asks for, or what is missing for it.
  ///
  /// @param title the key of the page's title
  Shown show(Visit visit, String title, Showing showing) {
    Board board = site.glances().board();
    if (visit.isFragment() && String.valueOf(board.number()).equals(visit.param("seen"))) {
      return new Shown.View(204, "overview/same", visit);
    }
    String wanted = visit.param("model");
    Glance glance = wanted == null ? null : board.of(wanted);
    if (glance == null && !board.glances().isEmpty()) {
      glance = board.glances().getFirst();
    }
    Present present = glance == null ? null : glance.present();
    if (glance != null && present != null && (board.hasEvents() || present.scored() > 0)) {
      return showing.show(new Onlooker(site, visit, board, glance), present);
    }
    boolean begun = board.number() > 0;
    String kind =
        begun && !board.hasEvents()
            ? "events"
            : begun && board.glances().isEmpty() ? "model" : "loading";
    return Shown.view(
        visit.isFragment() ? "overview/waiting-part" : "overview/waiting",
        new Waiting(kind, visit.t(title), board.number()));
  }

  /// The models to choose from, where there are several.
  static List<OverviewView.Choice> models(Visit visit, Onlooker onlooker) {
    List<OverviewView.Choice> found = new ArrayList<>();
    for (Glance each : onlooker.board().glances()) {
      String name = each.line().name();
      found.add(
          new OverviewView.Choice(
              visit.text(each.model().title(), name),
              visit.with("model", name),
              each.equals(onlooker.glance())));
    }
    return found.size() > 1 ? found : List.of();
  }

  /// How many, under which version, as of when.
  static String subtitle(Visit visit, Onlooker onlooker, Present present) {
    InUse use = onlooker.glance().line().today();
    String version =
        use.version().equals(InUse.DRAFT)
            ? visit.t("overview.draft")
            : visit.t("overview.version", "version", use.version());
    long at = ChronoUnit.MICROS.between(Instant.EPOCH, present.at());
    return onlooker.t(
        "overview.subtitle",
        "n",
        present.scored(),
        "model",
        onlooker.title(),
        "version",
        version,
        "ago",
        visit.figures().ago(at));
  }

  /// What is said of past days that are being counted; empty where all are right.
  static String stale(Visit visit, Onlooker onlooker) {
    int stale = onlooker.glance().stale();
    return stale == 0 ? "" : visit.t("overview.stale", "n", stale);
  }

  /// What is said of sources that are silent.
  static List<String> warnings(Visit visit, Onlooker onlooker) {
    Coverage coverage = onlooker.glance().coverage();
    Long share = coverage == null ? null : coverage.share();
    List<String> found = new ArrayList<>();
    if (coverage == null || share == null || !coverage.isLow()) {
      return found;
    }
    for (Coverage.Source source : coverage.sources()) {
      Long last = source.rhythm().last();
      if (source.silent() && source.rhythm().matched() > 0 && last != null) {
        found.add(
            visit.t(
                "overview.silent",
                "source",
                source.rhythm().source(),
                "since",
                visit.figures().instant(last),
                "share",
                visit.figures().percent((double) source.rhythm().matched() / coverage.matched())));
      }
    }
    return found;
  }
}
