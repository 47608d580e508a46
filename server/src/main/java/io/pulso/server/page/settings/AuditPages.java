package io.pulso.server.page.settings;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit log, and the check of its chain.
public final class AuditPages {
  private static final String PAGE = "/settings/audit";
  private static final int ROWS = 50;

  private final Site site;

  AuditPages(Site site) {
    this.site = site;
  }

  /// What the page shows.
  ///
  /// @param person whose entries are wanted; empty for all
  /// @param action which entries are wanted; empty for all
  /// @param next a number with which older entries begin; null where there are none
  /// @param checked what a check found; null until it is asked for
  public record AuditView(
      List<Row> rows,
      List<Person> people,
      List<AuditAction> actions,
      String person,
      String action,
      @Nullable Long next,
      Audit.@Nullable Checked checked) {}

  /// One entry.
  ///
  /// @param actor who did it, by name
  /// @param of of whom or what it speaks, or what was done; empty where the action says all
  /// @param at in microseconds
  public record Row(Audit.Told told, String actor, String of, long at) {
    public String what(String name) {
      return told.what().getOrDefault(name, "");
    }
  }

  void add(Pages pages) {
    pages.get(PAGE, Role.ADMIN, visit -> shown(visit, null));
    pages.post(PAGE + "/check", Role.ADMIN, visit -> shown(visit, site.team().audit().check()));
  }

  private static @Nullable AuditAction action(@Nullable String word) {
    return Arrays.stream(AuditAction.values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  private static long before(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : Long.MAX_VALUE;
  }

  /// What people do to customers and accounts is written down in words of our own.
  private static String of(Visit visit, Audit.Told told) {
    String of = told.what().getOrDefault("of", "");
    String key = "audit.deed_" + of.replace('.', '_');
    return told.action().equals(AuditAction.CUSTOMER_READ.word())
        ? ""
        : visit.has(key) ? visit.t(key) : of;
  }

  private Shown shown(Visit visit, Audit.@Nullable Checked checked) {
    String asked = visit.shortParam("person");
    AuditAction action = action(visit.param("action"));
    Actors actors = new Actors(site);
    List<Audit.Told> told =
        site.team()
            .audit()
            .list(
                asked == null ? null : "person " + asked,
                action,
                before(visit.param("before")),
                ROWS + 1);
    List<Row> rows =
        told.stream()
            .limit(ROWS)
            .map(one ->
                new Row(
                    one,
                    actors.name(visit, one.actor()),
                    of(visit, one),
                    one.at().getEpochSecond() * 1_000_000))
            .toList();
    return Shown.view(
        "settings/audit",
        new AuditView(
            rows,
            site.people().all(),
            List.of(AuditAction.values()),
            asked == null ? "" : asked,
            action == null ? "" : action.word(),
            told.size() > ROWS ? rows.getLast().told().no() : null,
            checked));
  }
}
