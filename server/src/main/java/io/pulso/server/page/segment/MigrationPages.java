package io.pulso.server.page.segment;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.BandLook;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.page.segment.SegmentViews.Choice;
import io.pulso.server.people.Role;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.segment.Memberships;
import io.pulso.server.segment.Migration;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How customers moved between bands, all or those of a segment.
public final class MigrationPages {
  private static final String AT = SegmentPages.AT + "/-migration";

  private final Site site;

  MigrationPages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + ".csv", Role.VIEWER, this::csv);
  }

  /// The page.
  ///
  /// @param segment those of whom it tells; empty for all
  /// @param chart null where nobody had a score on either day
  public record MigrationView(
      String segment,
      List<Choice> choices,
      String period,
      @Nullable Figure chart,
      List<String> heads,
      List<Row> rows) {}

  /// A band of the first day.
  public record Row(String title, List<Cell> cells) {}

  /// How many went from one band to another.
  ///
  /// @param share of the row, in percent, for the eye
  public record Cell(String count, int share) {}

  private Migration migration(Visit visit) {
    int last = site.questions().today() - 1;
    String name = visit.shortParam("segment");
    Segment segment = name == null ? null : site.parts().segments().segments().get(name);
    if (name != null && segment == null) {
      throw new Missing("segment");
    }
    return site.questions()
        .ask((store, view) -> {
          Crowds.InForce models = site.questions().inForce(store);
          return Migration.of(
              view, models, last - visit.days(), last, among(visit, store, view, segment, last));
        });
  }

  /// The numbers of those who are told of; null for all.
  private @Nullable BitSet among(
      Visit visit, Store store, View view, @Nullable Segment segment, int last) {
    Sight sight = visit.sight();
    BitSet members = null;
    if (segment != null) {
      Memberships.allow(sight, segment);
      members = Memberships.on(view, site.questions().inForce(store), segment, last);
    }
    if (!sight.seesAll()) {
      Roster roster =
          new SegmentLook(site, visit)
              .roster(store, view, Model.Subject.CUSTOMER, site.questions().today());
      BitSet seen = Memberships.numbers(roster, sight.rows(view, roster));
      if (members != null) {
        seen.and(members);
      }
      return seen;
    }
    return members;
  }

  private Shown show(Visit visit) {
    Migration migration = migration(visit);
    String name = visit.shortParam("segment");
    String segment = name == null ? "" : name;
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < migration.from().size(); from++) {
      rows.add(
          row(
              visit,
              title(visit, migration.from().get(from)),
              migration.counts()[from],
              migration.gone()[from]));
    }
    rows.add(row(visit, visit.t("segment.came"), migration.came(), 0));
    List<String> heads = new ArrayList<>();
    migration.to().forEach(band -> heads.add(title(visit, band)));
    heads.add(visit.t("segment.gone"));
    return Shown.view(
        "segment/migration",
        new MigrationView(
            segment,
            new SegmentLook(site, visit).others(Model.Subject.CUSTOMER, ""),
            visit.t(
                "segment.migration_when",
                "from",
                visit.figures().day(migration.first()),
                "to",
                visit.figures().day(migration.last())),
            chart(visit, migration, segment),
            heads,
            rows));
  }

  private static Row row(Visit visit, String title, int[] counts, int gone) {
    int all = gone;
    for (int count : counts) {
      all += count;
    }
    List<Cell> cells = new ArrayList<>();
    for (int count : counts) {
      cells.add(cell(visit, count, all));
    }
    cells.add(cell(visit, gone, all));
    return new Row(title, cells);
  }

  private static Cell cell(Visit visit, int count, int all) {
    return new Cell(
        visit.figures().count(count), all == 0 ? 0 : (int) Math.round(100.0 * count / all));
  }

  private static String title(Visit visit, Band band) {
    return visit.text(band.title(), band.id());
  }

  /// The ways between the bands of both days.
  private static @Nullable Figure chart(Visit visit, Migration migration, String segment) {
    List<Json> nodes = new ArrayList<>();
    nodes(visit, migration.from(), "from", 0, nodes);
    nodes(visit, migration.to(), "to", 1, nodes);
    List<Json> links = new ArrayList<>();
    for (int from = migration.from().size() - 1; from >= 0; from--) {
      for (int to = migration.to().size() - 1; to >= 0; to--) {
        int n = migration.counts()[from][to];
        if (n > 0) {
          Band before = migration.from().get(from);
          Band after = migration.to().get(to);
          links.add(
              new Answer()
                  .put("from", "from " + before.id())
                  .put("to", "to " + after.id())
                  .put("n", n)
                  .put(
                      "text",
                      "%s → %s: %s"
                          .formatted(
                              title(visit, before), title(visit, after), visit.figures().count(n)))
                  .json());
        }
      }
    }
    return links.isEmpty()
        ? null
        : new Figure(
            "migration",
            "flow",
            visit.t("segment.migration"),
            new Answer().put("nodes", new Json.Arr(nodes)).put("links", new Json.Arr(links)).json(),
            grid(visit, migration, segment));
  }

  private static void nodes(
      Visit visit, List<Band> bands, String side, int depth, List<Json> into) {
    for (Band band : bands.reversed()) {
      into.add(
          new Answer()
              .put("id", side + " " + band.id())
              .put("name", title(visit, band))
              .put("color", BandLook.colour(bands, band))
              .put("depth", depth)
              .json());
    }
  }

  private static Grid grid(Visit visit, Migration migration, String segment) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (int from = 0; from < migration.from().size(); from++) {
      for (int to = 0; to < migration.to().size(); to++) {
        int n = migration.counts()[from][to];
        rows.add(
            List.of(
                Grid.Cell.text(title(visit, migration.from().get(from))),
                Grid.Cell.text(title(visit, migration.to().get(to))),
                Grid.Cell.number(visit.figures().count(n), n)));
      }
    }
    return new Grid(
        List.of(visit.t("segment.before"), visit.t("segment.after"), visit.t("frame.customers")),
        rows,
        "%s.csv?days=%d%s"
            .formatted(
                AT, visit.days(), segment.isEmpty() ? "" : "&segment=" + Visit.encode(segment)));
  }

  private Shown csv(Visit visit) {
    return grid(visit, migration(visit), "").download("band-migration.csv");
  }
}
