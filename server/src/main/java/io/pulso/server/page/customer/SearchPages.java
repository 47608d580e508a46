package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Navigation;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Selection;
import io.pulso.server.score.Sight;
import io.pulso.server.store.Standings;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The search at the top of every page: customers, accounts, models and pages by a part of their
/// name.
public final class SearchPages {
  private static final int LEAST = 2;
  private static final int LONGEST = 200;
  private static final int IN_PASSING = 5;
  private static final int AT_LENGTH = 25;

  private final Area area;

  public SearchPages(Site site) {
    this.area = new Area(site);
  }

  public void add(Pages pages) {
    pages.get("/search", Role.VIEWER, this::search);
  }

  /// What the page shows.
  public record Found(String text, List<Group> groups) {}

  /// Things of one kind.
  ///
  /// @param key of its title
  public record Group(String key, String icon, List<Hit> hits) {}

  /// One thing.
  ///
  /// @param more what else tells it apart; empty for nothing
  public record Hit(String path, String name, String more) {}

  private Shown search(Visit visit) {
    String given = visit.param("q");
    String text = given == null ? "" : given.strip();
    if (text.length() > LONGEST) {
      throw new Missing("a text of that length");
    }
    List<Group> groups = new ArrayList<>();
    if (text.codePointCount(0, text.length()) >= LEAST || text.chars().anyMatch(c -> c > 0x2e7f)) {
      int most = visit.isFragment() ? IN_PASSING : AT_LENGTH;
      subjects(visit, Model.Subject.CUSTOMER, text, most, groups);
      subjects(visit, Model.Subject.ACCOUNT, text, most, groups);
      group(groups, new Group("frame.models", "adjustments", models(visit, text)));
      group(groups, new Group("frame.found_pages", "file-text", menu(visit, text)));
    }
    return Shown.view(
        visit.isFragment() ? "customer/found" : "customer/search", new Found(text, groups));
  }

  private static void group(List<Group> groups, Group group) {
    if (!group.hits().isEmpty()) {
      groups.add(group);
    }
  }

  private void subjects(
      Visit visit, Model.Subject kind, String text, int most, List<Group> groups) {
    boolean customer = kind == Model.Subject.CUSTOMER;
    group(
        groups,
        new Group(
            customer ? "frame.customers" : "frame.accounts",
            customer ? "user" : "building",
            area.site()
                .questions()
                .ask((store, view) -> subjects(visit, store, view, kind, text, most))));
  }

  private List<Hit> subjects(
      Visit visit, Store store, View view, Model.Subject kind, String text, int most) {
    int today = area.today();
    Sight sight = area.sight(visit);
    InUse use = area.use(store, kind);
    Roster roster = area.site().parts().rosters().find(view, kind, use, today, false);
    List<String> searched =
        Standings.NAMES.stream()
            .filter(name -> kind == Model.Subject.ACCOUNT || !sight.masks(name))
            .toList();
    BitSet rows = new Selection(null, null, text, searched).rows(view, roster);
    rows.and(sight.rows(view, roster));
    int[] found =
        Arrays.stream(roster.order(Roster.Sort.SCORE_DOWN)).filter(rows::get).limit(most).toArray();
    int[] numbers = Arrays.stream(found).map(roster::number).toArray();
    var traits = view.standings(kind).traits(numbers, today);
    List<Hit> hits = new ArrayList<>();
    for (int row : found) {
      int number = roster.number(row);
      Named named = Named.of(kind, roster.id(row), Named.traits(traits.get(number)), sight);
      hits.add(
          new Hit(
              Area.at(store.opaqueIds(), kind, number),
              named.name(),
              named.isId() ? "" : roster.id(row)));
    }
    return hits;
  }

  private List<Hit> models(Visit visit, String text) {
    Map<String, Hit> hits = new LinkedHashMap<>();
    for (InUse use :
        area.site()
            .questions()
            .ask((store, view) -> area.site().parts().models().everything(store))) {
      Model model = use.model();
      String title = visit.text(model.title(), model.name());
      if (holds(title, text) || holds(model.name(), text)) {
        hits.put(
            model.name(), new Hit("/models/" + Visit.encode(model.name()), title, model.name()));
      }
    }
    return List.copyOf(hits.values());
  }

  private static List<Hit> menu(Visit visit, String text) {
    return Arrays.stream(Navigation.Group.values())
        .flatMap(group -> visit.navigation(group).stream())
        .filter(item -> holds(visit.t(item.key()), text))
        .map(item -> new Hit(item.path(), visit.t(item.key()), ""))
        .toList();
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
