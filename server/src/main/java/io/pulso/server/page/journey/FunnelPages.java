package io.pulso.server.page.journey;

import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.FunnelAsked;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.Funnels;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.metric.MetricPages;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.people.Role;
import io.pulso.server.store.SavedViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Funnels: those that there are, and those that one builds.
final class FunnelPages {
  private static final String AT = JourneyPages.AT + "/funnel";
  private static final String AREA = "funnel";
  private static final int MOST_EVENTS = 500;

  private final Site site;

  FunnelPages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.post(AT, Role.VIEWER, this::build);
    pages.get(AT + "/steps.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  /// The funnel that an address means.
  ///
  /// @param query what the address says of it
  private record Meant(Funnel funnel, String title, String query) {}

  private Meant meant(Visit visit) {
    String view = visit.shortParam("view");
    if (view != null) {
      SavedViews.Row row =
          site.questions()
              .ask((store, now) -> store.byHand().views().find(AREA, view))
              .orElseThrow(() -> new Missing("there is no such funnel"));
      String name = row.name().isEmpty() ? visit.t("journeys.own_funnel") : row.name();
      return new Meant(kept(row.state()), name, "view=" + row.id());
    }
    Map<String, Funnel> all = site.parts().catalogue().funnels().get();
    String id = visit.shortParam("id");
    Funnel funnel = id == null ? all.values().iterator().next() : all.get(id);
    if (funnel == null) {
      throw new Missing("there is no such funnel");
    }
    return new Meant(
        funnel, visit.text(funnel.title(), funnel.id()), "id=" + Visit.encode(funnel.id()));
  }

  private static Funnel kept(String state) {
    try {
      if (JsonText.read(state) instanceof Json.Obj object) {
        return FunnelForm.funnel(object);
      }
    } catch (JsonFault e) {
      throw new IllegalStateException("a kept funnel is no JSON", e);
    }
    throw new IllegalStateException("a kept funnel is no object");
  }

  /// Refuses steps that would tell what a person does not see.
  private static void allow(Visit visit, Funnel funnel) {
    for (Funnel.Step step : funnel.steps()) {
      visit.sight().allow(step.match());
      if (visit.sight().accounts() != null && !ConditionNames.onlyNames(step.match().condition())) {
        throw new InputException(
            "since you see some accounts only, steps can be events and pages by their names alone");
      }
    }
  }

  private FunnelAsked asked(Visit visit, Funnel funnel, @Nullable Path by) {
    int today = site.questions().today();
    Period period = Funnels.usual(funnel, today, visit.days());
    long now = site.parts().clock().millis() * 1000;
    return new FunnelAsked(
        funnel, period, by, Funnels.known(site.questions().days(), period.last(), now));
  }

  private FunnelTold ask(Visit visit, Funnel funnel, @Nullable Path by) {
    FunnelAsked asked = asked(visit, funnel, by);
    int lastDay = site.questions().days().day(asked.now() - 1);
    return site.questions()
        .ask((store, view) ->
            site.parts()
                .catalogue()
                .kept()
                .ask(view, asked, lastDay, FunnelTold.class, () -> Funnels.ask(view, asked)));
  }

  private Shown show(Visit visit) {
    Meant meant = meant(visit);
    allow(visit, meant.funnel());
    return Shown.view("journey/funnel", view(visit, meant, null));
  }

  private FunnelView view(Visit visit, Meant meant, FunnelView.@Nullable Builder builder) {
    String by = visit.shortParam("by");
    Path place = by == null ? null : By.read(by);
    String wrong = by == null ? null : MetricPages.refused(visit, by, place);
    FunnelTold told;
    try {
      told = ask(visit, meant.funnel(), wrong == null ? place : null);
    } catch (InputException e) {
      wrong = e.getMessage();
      told = ask(visit, meant.funnel(), null);
    }
    return new FunnelParts(visit, told, AT, "%s&days=%d".formatted(meant.query(), visit.days()))
        .view(
            meant.title(),
            by == null ? "" : by,
            choices(visit, meant),
            builder == null ? builder(visit, meant.funnel()) : builder,
            wrong);
  }

  private List<Choice> choices(Visit visit, Meant meant) {
    List<Choice> choices = new ArrayList<>();
    site.parts()
        .catalogue()
        .funnels()
        .get()
        .forEach((id, funnel) ->
            choices.add(choice(visit.text(funnel.title(), id), "id=" + Visit.encode(id), meant)));
    site.questions()
        .ask((store, view) -> store.byHand().views().named(AREA, visit.person().id()))
        .forEach(row -> choices.add(choice(row.name(), "view=" + row.id(), meant)));
    return choices;
  }

  private static Choice choice(String title, String query, Meant meant) {
    return new Choice(title, AT + "?" + query, query.equals(meant.query()));
  }

  private FunnelView.Builder builder(Visit visit, Funnel funnel) {
    String window = FunnelReader.window(funnel.window());
    return new FunnelView.Builder(
        FunnelForm.steps(funnel),
        window.substring(0, window.length() - 1),
        window.substring(window.length() - 1),
        JourneyPages.word(funnel.order()),
        JourneyPages.word(funnel.per()),
        "",
        events(),
        visit.param("build") != null,
        null);
  }

  private List<String> events() {
    return site.questions()
        .ask((store, view) ->
            Stream.concat(
                    view.eventNames().stream(),
                    view.pageNames().stream().map(name -> FunnelForm.PAGE + name))
                .limit(MOST_EVENTS)
                .toList());
  }

  private Shown build(Visit visit) {
    String name = visit.form("name");
    try {
      Json.Obj kept = FunnelForm.read(visit);
      allow(visit, FunnelForm.funnel(kept));
      long now = site.parts().clock().millis() * 1000;
      String given = name == null ? "" : name.strip();
      boolean saved = !given.isEmpty() && visit.may(Role.ANALYST);
      String state = JsonText.write(kept);
      String owner = visit.person().id();
      return site.questions()
          .ask((store, view) -> {
            SavedViews views = store.byHand().views();
            String id =
                saved
                    ? views.save(AREA, owner, given, true, state, now)
                    : views.keep(AREA, owner, state, now);
            return Shown.redirect("%s?view=%s&days=%d".formatted(AT, id, visit.days()));
          });
    } catch (ModelException | InputException e) {
      String fault =
          e instanceof ModelException wrong
              ? String.join("\n", wrong.faults())
              : String.valueOf(e.getMessage());
      FunnelView.Builder builder =
          new FunnelView.Builder(
              visit.forms("step"),
              visit.form("amount") == null ? "" : visit.form("amount"),
              visit.form("unit") == null ? "d" : visit.form("unit"),
              visit.form("order") == null ? "" : visit.form("order"),
              visit.form("per") == null ? "" : visit.form("per"),
              name == null ? "" : name,
              events(),
              true,
              visit.fault(fault.replaceFirst("^[^:]*:\\d+: ", "")));
      return Shown.refused("journey/funnel", view(visit, meant(visit), builder));
    }
  }

  private Shown csv(Visit visit) {
    Meant meant = meant(visit);
    allow(visit, meant.funnel());
    FunnelTold told = ask(visit, meant.funnel(), null);
    return new FunnelParts(visit, told, AT, meant.query()).grid().download("funnel.csv");
  }

  private Shown behind(Visit visit) {
    Meant meant = meant(visit);
    int least = step(visit, "least");
    int most = step(visit, "most");
    return BehindPages.list(
        site,
        visit,
        new Behind.OfFunnel(asked(visit, meant.funnel(), null), least, Math.max(least, most)),
        Map.of());
  }

  private static int step(Visit visit, String name) {
    String text = visit.shortParam(name);
    return text != null && text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 1;
  }
}
