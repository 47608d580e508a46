package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.EventWorth;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Sight;
import io.pulso.server.store.Standings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a customer did, or the people of an account did in it, as a part of the page.
public final class TimelineParts {
  private static final int SHOWN = 25;
  private static final int MOST_SAME = 10_000;
  private static final int MOST_PROPERTIES = 12;

  /// The first year that stored times can have.
  private static final long FIRST = -62_167_219_200_000_000L;

  private static final long LAST = 253_402_387_200_000_000L;

  private final SubjectPages subjects;
  private final Area area;

  TimelineParts(Area area, SubjectPages subjects) {
    this.area = area;
    this.subjects = subjects;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      pages.get(Area.at(kind) + "/{id}/timeline", Role.VIEWER, visit -> timeline(visit, kind));
    }
  }

  /// One event.
  ///
  /// @param day where a new day begins; empty elsewhere
  /// @param points about, with a sign; empty where it adds nothing
  /// @param who did it; null where that is the customer of the page
  /// @param activities that it matches
  public record Entry(
      String day,
      @Nullable Doer who,
      String icon,
      String title,
      String sub,
      String time,
      String points,
      boolean isNegative,
      String activities,
      boolean excluded,
      List<SubjectView.Trait> properties) {}

  /// Who did something in an account.
  ///
  /// @param href empty where they are not seen
  public record Doer(String name, String href) {}

  /// Some of them.
  ///
  /// @param more the address of what comes next; empty at the end
  public record Entries(List<Entry> entries, String more, boolean isFirst) {}

  private Shown timeline(Visit visit, Model.Subject kind) {
    String before = visit.shortParam("before");
    long at = LAST;
    int skipped = 0;
    if (before != null) {
      String[] parts = before.split("\\.", -1);
      if (parts.length != 2
          || !parts[0].matches("-?[0-9]{1,18}")
          || !parts[1].matches("[0-9]{1,5}")) {
        throw new Missing("place");
      }
      at = Long.parseLong(parts[0]) + 1;
      skipped = Math.min(MOST_SAME, Integer.parseInt(parts[1]));
    }
    Standings.Asked asked = new Standings.Asked(null, null, FIRST, at, null, SHOWN + skipped + 1);
    int skip = skipped;
    return subjects.ask(
        visit,
        kind,
        about -> {
          List<Standings.Told> found =
              about.view().standings(kind).events(about.who().number(), asked);
          List<Standings.Told> rest = found.subList(Math.min(skip, found.size()), found.size());
          List<Standings.Told> page = rest.subList(0, Math.min(SHOWN, rest.size()));
          boolean more = rest.size() > SHOWN;
          return Shown.view(
              "customer/timeline",
              new Entries(
                  entries(visit, about, page),
                  more ? more(about, found.subList(0, found.size() - 1)) : "",
                  before == null));
        });
  }

  /// The place behind the last event: its instant, and how many of that instant came before.
  private static String more(SubjectPages.About about, List<Standings.Told> seen) {
    long last = seen.getLast().occurredAt();
    long same = seen.stream().filter(told -> told.occurredAt() == last).count();
    return Area.at(about.store().opaqueIds(), about.who().kind(), about.who().number())
        + "/timeline?before="
        + last
        + "."
        + same;
  }

  private List<Entry> entries(Visit visit, SubjectPages.About about, List<Standings.Told> page) {
    InUse use = about.use();
    EventWorth worth = EventWorth.NONE;
    if (use != null && !page.isEmpty() && about.isScored()) {
      int first = area.site().questions().days().day(page.getLast().occurredAt());
      int last = area.site().questions().days().day(page.getFirst().occurredAt());
      // Clocks that are set back at midnight repeat a day.
      worth =
          EventWorth.of(about.view(), use.model(), about.who(), first - 1, last + 1, about.day());
    }
    Map<Integer, Doer> doers =
        about.who().kind() == Model.Subject.ACCOUNT ? doers(visit, about, page) : Map.of();
    List<Entry> entries = new ArrayList<>();
    int day = Integer.MIN_VALUE;
    for (Standings.Told told : page) {
      int on = area.site().questions().days().day(told.occurredAt());
      entries.add(
          entry(
              visit,
              about,
              told,
              worth,
              doers.get(told.customer()),
              on == day ? "" : visit.figures().day(on)));
      day = on;
    }
    return entries;
  }

  /// Those who did something, by their numbers.
  private Map<Integer, Doer> doers(
      Visit visit, SubjectPages.About about, List<Standings.Told> page) {
    Model.Subject kind = Model.Subject.CUSTOMER;
    int[] numbers = page.stream().mapToInt(Standings.Told::customer).distinct().toArray();
    BitSet seen = about.sight().seen(about.view(), kind, numbers, about.day());
    Map<Integer, String> traits = about.view().standings(kind).traits(numbers, about.day());
    Map<Integer, Doer> found = new HashMap<>();
    for (int number : numbers) {
      found.put(
          number,
          seen.get(number)
              ? new Doer(
                  Named.of(
                          kind,
                          about.view().id(kind, number),
                          Named.traits(traits.get(number)),
                          about.sight())
                      .name(),
                  Area.at(about.store().opaqueIds(), kind, number))
              : new Doer(visit.t("account.somebody"), ""));
    }
    return found;
  }

  private static Entry entry(
      Visit visit,
      SubjectPages.About about,
      Standings.Told told,
      EventWorth worth,
      @Nullable Doer who,
      String day) {
    InUse use = about.use();
    long points = 0;
    List<String> activities = new ArrayList<>();
    if (!told.excluded() && use != null) {
      Reasons reasons = new Reasons(visit, use.model());
      for (EventWorth.Worth each : worth.of(told.occurredAt(), told.messageId())) {
        points += each.points();
        activities.add(reasons.activity(each.activity()));
      }
    }
    String event = told.event();
    String name = told.name();
    String title =
        event != null ? event : name != null ? name : visit.t("customer.type_" + told.type());
    String channel = told.channel();
    return new Entry(
        day,
        who,
        EventIcons.of(told.type(), event),
        title,
        channel == null ? told.source() : channel + " · " + told.source(),
        visit.figures().time(told.occurredAt()),
        points == 0 ? "" : "≈ " + visit.figures().change(points),
        points < 0,
        String.join(" · ", activities),
        told.excluded(),
        who != null && who.href().isEmpty()
            ? List.of()
            : properties(told.properties(), about.sight()));
  }

  private static List<SubjectView.Trait> properties(@Nullable String json, Sight sight) {
    List<SubjectView.Trait> found = new ArrayList<>();
    Json.Obj all = Named.traits(json);
    Json.Obj shown = sight.traits(all);
    for (Map.Entry<String, Json> each : shown.fields().entrySet()) {
      if (found.size() < MOST_PROPERTIES) {
        found.add(
            new SubjectView.Trait(
                each.getKey(), Named.text(each.getValue()), sight.masks(each.getKey())));
      }
    }
    return found;
  }
}
