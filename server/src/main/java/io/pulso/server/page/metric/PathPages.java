package io.pulso.server.page.metric;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.server.journey.Behind;
import io.pulso.server.metric.Paths;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.PathView.Csv;
import io.pulso.server.page.metric.PathView.Form;
import io.pulso.server.page.metric.PathView.PageRow;
import io.pulso.server.page.metric.PathView.WayRow;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The ways that people take through their sessions.
public final class PathPages {
  private static final String AT = "/journeys/paths";
  private static final int USUAL_LENGTH = 3;
  private static final int MOST = 25;
  private static final int MOST_PAGES = 50;

  private final Site site;

  public PathPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::paths);
    pages.get(AT + "/{table}.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  private Shown paths(Visit visit) {
    Form form = form(visit);
    if (visit.sight().accounts() != null) {
      return Shown.view(
          "metric/paths",
          new PathView(form, null, "", "", List.of(), List.of(), new Csv("", ""), true));
    }
    Paths told = ask(visit, form);
    PathTables tables = new PathTables(visit, told);
    String behind = "%s/behind?%s&".formatted(AT, query(visit, form));
    return Shown.view(
        "metric/paths",
        new PathView(
            form,
            told.flow().links().isEmpty() ? null : tables.flow(file(visit, form, "flow")),
            from(visit, told.asked().question()),
            visit.t("paths.top_sub", "shown", told.ways().size(), "n", told.different()),
            ways(visit, told, tables, behind),
            pages(visit, told, tables, behind),
            new Csv(file(visit, form, "ways"), file(visit, form, "pages")),
            false));
  }

  private Shown csv(Visit visit) {
    if (visit.sight().accounts() != null) {
      throw new Missing("paths are shown to who sees all accounts");
    }
    String table = visit.part("table");
    if (!List.of("flow", "ways", "pages").contains(table)) {
      throw new Missing("there is no such table");
    }
    PathTables tables = new PathTables(visit, ask(visit, form(visit)));
    Grid grid =
        switch (table) {
          case "flow" -> tables.flowGrid("");
          case "ways" -> tables.waysGrid();
          default -> tables.pagesGrid();
        };
    return grid.download("paths-" + table + ".csv");
  }

  private Shown behind(Visit visit) {
    if (visit.sight().accounts() != null) {
      throw new Missing("paths are shown to who sees all accounts");
    }
    Paths told = ask(visit, form(visit));
    Period period = told.asked().period();
    Select.Who who = told.asked().who();
    Paths.Way way = chosen(told.ways(), visit.param("way"));
    Paths.Page exit = chosen(told.pages(), visit.param("exit"));
    Paths.Page entry = chosen(told.pages(), visit.param("entry"));
    Behind behind;
    if (way != null) {
      behind = new Behind.OfWay(period, who, way.steps());
    } else if (exit != null) {
      behind = new Behind.OfPage(period, who, exit.text(), true);
    } else if (entry != null) {
      behind = new Behind.OfPage(period, who, entry.text(), false);
    } else {
      throw new Missing("there is no such way");
    }
    return BehindPages.list(
        site,
        visit,
        behind,
        who == Select.Who.IDENTIFIED ? Map.of() : Map.of("all", List.of("yes")));
  }

  private static <T> @Nullable T chosen(List<T> all, @Nullable String place) {
    if (place == null || !place.matches("[0-9]{1,4}")) {
      return null;
    }
    int at = Integer.parseInt(place);
    return at < all.size() ? all.get(at) : null;
  }

  private static Form form(Visit visit) {
    return new Form(
        Objects.requireNonNullElse(visit.shortParam("start"), ""),
        Objects.requireNonNullElse(visit.shortParam("end"), ""),
        length(visit.param("length")),
        who(visit).name().toLowerCase(Locale.ROOT));
  }

  private static int length(@Nullable String given) {
    return switch (given) {
      case "2" -> 2;
      case "4" -> 4;
      case "5" -> 5;
      case null, default -> USUAL_LENGTH;
    };
  }

  private static Select.Who who(Visit visit) {
    return switch (visit.param("who")) {
      case "identified" -> Select.Who.IDENTIFIED;
      case "anonymous" -> Select.Who.ANONYMOUS;
      case null, default -> Select.Who.ANYBODY;
    };
  }

  private Paths ask(Visit visit, Form form) {
    int today = site.questions().today();
    Paths.Asked asked =
        new Paths.Asked(
            new Period(today - visit.days(), today - 1),
            who(visit),
            new PathCounter.Question(
                form.length(),
                form.start().isEmpty() ? null : form.start(),
                form.end().isEmpty() ? null : form.end()),
            MOST);
    return site.questions()
        .ask((store, view) -> Paths.ask(view, asked, site.parts().catalogue().kept()));
  }

  private static String file(Visit visit, Form form, String table) {
    return "%s/%s.csv?%s".formatted(AT, table, query(visit, form));
  }

  private static String query(Visit visit, Form form) {
    return "days=%d&length=%d&who=%s&start=%s&end=%s"
        .formatted(
            visit.days(),
            form.length(),
            form.who(),
            Visit.encode(form.start()),
            Visit.encode(form.end()));
  }

  private static String from(Visit visit, PathCounter.Question question) {
    String start = question.start();
    String end = question.end();
    return start != null
        ? visit.t("paths.flow_from", "step", start)
        : end != null ? visit.t("paths.flow_to", "step", end) : visit.t("paths.flow_begin");
  }

  private static List<WayRow> ways(Visit visit, Paths told, PathTables tables, String behind) {
    int most = told.ways().isEmpty() ? 1 : told.ways().getFirst().sessions();
    return IntStream.range(0, told.ways().size())
        .mapToObj(place -> {
          Paths.Way way = told.ways().get(place);
          return new WayRow(
              way.steps().stream().map(tables::text).toList(),
              behind + "way=" + place,
              visit.figures().count(way.sessions()),
              visit.figures().percent((double) way.sessions() / told.sessions()),
              Math.round(way.sessions() * 100f / most));
        })
        .toList();
  }

  private static List<PageRow> pages(Visit visit, Paths told, PathTables tables, String behind) {
    return IntStream.range(0, Math.min(MOST_PAGES, told.pages().size()))
        .mapToObj(place -> {
          Paths.Page page = told.pages().get(place);
          return new PageRow(
              tables.named(page.text()),
              "%s?start=%s".formatted(AT, Visit.encode(page.text())),
              visit.figures().count(page.views()),
              visit.figures().count(page.entries()),
              page.entries() == 0 ? "" : behind + "entry=" + place,
              visit.figures().count(page.exits()),
              page.exits() == 0 ? "" : behind + "exit=" + place,
              visit.figures().percent((double) page.exits() / page.views()));
        })
        .toList();
  }
}
