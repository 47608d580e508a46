package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.store.MatchedEvent;
import java.util.List;

/// The events behind one line of an explanation.
public final class EventParts {
  private static final int MOST_EVENTS = 50;
  private static final long ONE = 1000;

  /// For which words of languages stand that are not singular.
  private static final int MANY = 2;

  private final SubjectPages subjects;

  EventParts(SubjectPages subjects) {
    this.subjects = subjects;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      pages.get(Area.at(kind) + "/{id}/events", Role.VIEWER, visit -> behind(visit, kind));
    }
  }

  /// An event behind a line.
  public record Behind(String at, String units) {}

  /// Those behind a line.
  public record AllBehind(List<Behind> events, int total) {}

  private Shown behind(Visit visit, Model.Subject kind) {
    String activity = visit.shortParam("activity");
    Integer from = ChangeParts.day(visit.shortParam("from"));
    Integer to = ChangeParts.day(visit.shortParam("to"));
    return subjects.ask(
        visit,
        kind,
        about -> {
          InUse use = about.use();
          if (use == null || activity == null || !about.isScored()) {
            throw new Missing("activity");
          }
          Model model = use.model();
          int place = place(model, activity);
          int last = to == null ? about.day() : to;
          int first =
              Math.max(
                  from == null ? Integer.MIN_VALUE : from + 1,
                  last - model.activities().get(place).window() + 1);
          List<MatchedEvent> events =
              about.view().events(model, about.who().number(), first, last).stream()
                  .filter(event -> event.activity() == place)
                  .toList();
          return Shown.view(
              "customer/events",
              new AllBehind(
                  events.stream()
                      .limit(MOST_EVENTS)
                      .map(event ->
                          new Behind(
                              visit.figures().instant(event.occurredAt()), units(visit, event)))
                      .toList(),
                  events.size()));
        });
  }

  private static int place(Model model, String activity) {
    for (int i = 0; i < model.activities().size(); i++) {
      if (model.activities().get(i).name().equals(activity)) {
        return i;
      }
    }
    throw new Missing("activity");
  }

  private static String units(Visit visit, MatchedEvent event) {
    if (event.uncounted() != null) {
      return visit.t("customer.uncounted_" + event.uncounted().code());
    }
    String value = event.value();
    return value != null
        ? value
        : visit.t(
            "customer.units",
            "units",
            visit.figures().points(event.units()),
            "n",
            event.units() == ONE ? 1 : MANY);
  }
}
