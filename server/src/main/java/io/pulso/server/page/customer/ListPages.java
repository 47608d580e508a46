package io.pulso.server.page.customer;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.ListView.Column;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.store.SavedViews;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Lists of customers and of accounts.
public final class ListPages {
  private static final int ROWS = 50;
  private static final int TRAIT_STATES = 5_000;
  private static final int MOST_EVENTS = 1_000;

  private final Area area;

  public ListPages(Site site) {
    this.area = new Area(site);
  }

  /// Adds all pages about customers and accounts.
  public void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = Area.at(kind);
      pages.get(at, Role.VIEWER, visit -> list(visit, kind));
      pages.post(at + "/filter", Role.VIEWER, visit -> filter(visit, kind));
      pages.post(at + "/check", Role.VIEWER, visit -> check(visit, kind));
      pages.post(at + "/views", Role.ANALYST, visit -> save(visit, kind));
      pages.post(at + "/views/{view}/delete", Role.ANALYST, visit -> remove(visit, kind));
      pages.get(at + "/trends", Role.VIEWER, visit -> new TrendParts(area).show(visit, kind));
    }
    new BulkPages(area, this).add(pages);
    new ListExports(area, this).add(pages);
    new SubjectPages(area).add(pages);
  }

  /// What a list is asked for, and what is there.
  ///
  /// @param rows those that are asked for, of the roster
  record Asked(
      Store store,
      View view,
      @Nullable InUse use,
      Roster roster,
      BitSet rows,
      ListState state,
      Roster.Sort sort,
      Sight sight) {}

  interface Answering {
    Shown answer(Asked asked);
  }

  /// Asks for a state of a list.
  ///
  /// @throws InputException where it makes no sense
  Shown ask(Visit visit, Model.Subject kind, ListState state, Answering answering) {
    Sight sight = area.sight(visit);
    ListQuery query =
        new ListQuery(kind, state, sight, () -> area.site().parts().segments().segments());
    Roster.Sort sort = sort(visit, state);
    int today = area.today();
    return area.site()
        .questions()
        .ask((store, view) -> {
          InUse use = area.use(store, kind);
          Roster roster =
              area.site().parts().rosters().find(view, kind, use, today, state.has("all"));
          BitSet rows = query.rows(view, roster);
          return answering.answer(new Asked(store, view, use, roster, rows, state, sort, sight));
        });
  }

  private static Roster.Sort sort(Visit visit, ListState state) {
    String given = visit.param("sort");
    String word = given != null ? given : state.has("sort") ? state.one("sort") : "-score";
    return Arrays.stream(Roster.Sort.values())
        .filter(sort -> sort.word().equals(word))
        .findFirst()
        .orElse(Roster.Sort.SCORE_DOWN);
  }

  /// The state that an address means.
  ListState state(Visit visit, Model.Subject kind, @Nullable String id) {
    if (id == null) {
      return ListState.EMPTY;
    }
    return area.site()
        .questions()
        .ask((store, view) ->
            store
                .byHand()
                .views()
                .find(name(kind), id)
                .map(row -> ListState.read(row.state()))
                .orElseThrow(() -> new Missing("view")));
  }

  static String name(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? "customers" : "accounts";
  }

  private Shown list(Visit visit, Model.Subject kind) {
    String id = visit.shortParam("view");
    ListState state = state(visit, kind, id);
    try {
      return ask(visit, kind, state, asked -> shown(visit, kind, id, asked, null));
    } catch (InputException e) {
      String fault = String.valueOf(e.getMessage());
      return ask(
          visit,
          kind,
          ListState.EMPTY,
          asked ->
              Shown.refused("customer/list", view(visit, kind, id, nobody(asked, state), fault)));
    }
  }

  private static Asked nobody(Asked asked, ListState state) {
    return new Asked(
        asked.store(),
        asked.view(),
        asked.use(),
        asked.roster(),
        new BitSet(),
        state,
        asked.sort(),
        asked.sight());
  }

  private Shown shown(
      Visit visit, Model.Subject kind, @Nullable String id, Asked asked, @Nullable String fault) {
    return Shown.view("customer/list", view(visit, kind, id, asked, fault));
  }

  private ListView view(
      Visit visit, Model.Subject kind, @Nullable String id, Asked asked, @Nullable String fault) {
    Roster roster = asked.roster();
    View view = asked.view();
    String after = visit.shortParam("after");
    int[] page = page(asked, after);
    List<String> traits = view.standings(kind).traitNames(TRAIT_STATES);
    List<Column> columns = ListColumns.shown(kind, asked.state(), traits, asked.sight(), visit);
    List<ListView.Row> rows =
        new ListRows(view, roster, asked.store().opaqueIds(), asked.sight(), visit, columns)
            .of(page);
    InUse use = asked.use();
    List<SavedViews.Row> views =
        asked.store().byHand().views().named(name(kind), visit.person().id());
    return new ListView(
        kind,
        Area.at(kind),
        asked.state(),
        id == null ? "" : id,
        views.stream().filter(row -> row.id().equals(id)).findFirst().orElse(null),
        views,
        fault,
        use == null ? "" : visit.text(use.model().title(), use.model().name()),
        asked.sort().word(),
        columns,
        ListColumns.choices(kind, traits, asked.sight(), visit),
        use == null ? List.of() : chips(visit, use, asked.state()),
        view.eventNames().stream().limit(MOST_EVENTS).toList(),
        traits.stream().filter(trait -> !asked.sight().masks(trait)).toList(),
        rows,
        asked.rows().cardinality(),
        roster.size(),
        next(asked, id, page),
        after == null,
        trends(kind, columns, use, rows),
        segments(visit, kind),
        area.site().parts().bulk().all().stream()
            .filter(
                job -> !job.state().isEnd() && job.kind() == kind && BulkPages.isShown(visit, job))
            .findFirst()
            .orElse(null));
  }

  private List<ListView.Choice> segments(Visit visit, Model.Subject kind) {
    return area.site().parts().segments().segments().values().stream()
        .filter(segment -> segment.of() == kind)
        .map(segment ->
            new ListView.Choice(segment.name(), visit.text(segment.title(), segment.name())))
        .toList();
  }

  private static String trends(
      Model.Subject kind, List<Column> columns, @Nullable InUse use, List<ListView.Row> rows) {
    boolean wanted =
        use != null
            && use.model().method() != Model.Method.FIT
            && columns.stream().anyMatch(column -> column.key().equals("trend"));
    return wanted && !rows.isEmpty()
        ? Area.at(kind)
            + "/trends?ids="
            + String.join(".", rows.stream().map(ListView.Row::opaque).toList())
        : "";
  }

  private static List<ListView.Chip> chips(Visit visit, InUse use, ListState state) {
    List<Band> bands = use.model().bands();
    return bands.reversed().stream()
        .map(band ->
            new ListView.Chip(
                band.id(),
                visit.text(band.title(), band.id()),
                BandStyle.of(bands, band),
                state.all("band").contains(band.id())))
        .toList();
  }

  /// The rows of one page.
  private static int[] page(Asked asked, @Nullable String after) {
    Roster roster = asked.roster();
    int[] order = roster.order(asked.sort());
    int at = after == null ? 0 : place(asked, after);
    int[] found = new int[ROWS];
    int size = 0;
    while (at < order.length && size < ROWS) {
      int row = order[at++];
      if (asked.rows().get(row)) {
        found[size++] = row;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /// The place behind a row: its key and its opaque id.
  private static int place(Asked asked, String after) {
    int dot = after.indexOf('.');
    if (dot > 0 && after.substring(0, dot).matches("-?[0-9]{1,19}")) {
      OptionalInt number =
          asked.store().opaqueIds().number(asked.roster().kind(), after.substring(dot + 1));
      if (number.isPresent() && asked.view().isKnown(asked.roster().kind(), number.getAsInt())) {
        String id = asked.view().id(asked.roster().kind(), number.getAsInt());
        return asked.roster().after(asked.sort(), Long.parseLong(after.substring(0, dot)), id);
      }
    }
    throw new Missing("page of a list");
  }

  private static @Nullable String next(Asked asked, @Nullable String id, int[] page) {
    if (page.length < ROWS) {
      return null;
    }
    Roster roster = asked.roster();
    int last = page[page.length - 1];
    int[] order = roster.order(asked.sort());
    long key = roster.key(last, asked.sort());
    for (int at = roster.after(asked.sort(), key, roster.id(last)); at < order.length; at++) {
      if (asked.rows().get(order[at])) {
        return "%s?%ssort=%s&after=%d.%s"
            .formatted(
                Area.at(roster.kind()),
                id == null ? "" : "view=" + Visit.encode(id) + "&",
                asked.sort().word(),
                key,
                asked.store().opaqueIds().of(roster.kind(), roster.number(last)));
      }
    }
    return null;
  }

  /// Keeps what a form asks for, and goes on under its id.
  private Shown filter(Visit visit, Model.Subject kind) {
    ListState state = ListState.of(visit);
    if (state.fields().isEmpty()) {
      return Shown.redirect(Area.at(kind));
    }
    return area.site()
        .questions()
        .ask((store, view) ->
            Shown.redirect(
                Area.at(kind)
                    + "?view="
                    + store
                        .byHand()
                        .views()
                        .keep(name(kind), visit.person().id(), state.json(), area.now())));
  }

  /// Says at once what is wrong with a filter, or how many it means.
  private Shown check(Visit visit, Model.Subject kind) {
    try {
      return ask(
          visit,
          kind,
          ListState.of(visit),
          asked ->
              Shown.view(
                  "customer/check",
                  new Checked(
                      visit.t(name(kind) + ".matching", "n", asked.rows().cardinality()), null)));
    } catch (InputException e) {
      return Shown.view("customer/check", new Checked("", String.valueOf(e.getMessage())));
    }
  }

  /// What a filter means.
  ///
  /// @param fault what is wrong; null where nothing is
  public record Checked(String said, @Nullable String fault) {}

  private Shown save(Visit visit, Model.Subject kind) {
    String id = visit.form("view");
    ListState state = state(visit, kind, id);
    String sort = visit.form("sort");
    ListState ordered = sort == null ? state : state.with("sort", sort);
    String name = visit.form("name");
    return area.site()
        .questions()
        .ask((store, view) ->
            Shown.redirect(
                Area.at(kind)
                    + "?view="
                    + store
                        .byHand()
                        .views()
                        .save(
                            name(kind),
                            visit.person().id(),
                            name == null ? "" : name.strip(),
                            visit.form("shared") != null,
                            ordered.json(),
                            area.now())));
  }

  private Shown remove(Visit visit, Model.Subject kind) {
    return area.site()
        .questions()
        .ask((store, view) -> {
          if (!store.byHand().views().remove(visit.part("view"), visit.person().id())) {
            throw new Missing("view");
          }
          return Shown.redirect(Area.at(kind));
        });
  }
}
