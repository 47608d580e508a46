package io.pulso.server.page.data;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.store.ExcludedRecords;
import io.pulso.server.store.Exclusion;
import io.pulso.server.store.Quality;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Readmissions;
import io.pulso.server.store.RecentRecords;
import io.pulso.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The quality rules, the records that they leave out, and what was let back in.
public final class QualityPages {
  private static final int ROWS = 50;
  private static final String AREA = "data-quality";

  private final Site site;

  QualityPages(Site site) {
    this.site = site;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/quality", Role.VIEWER, this::page);
    gate.post("/data/quality/filter", Role.VIEWER, this::filter);
    gate.post("/data/quality/readmit", Role.MANAGER, this::readmit);
    gate.post("/data/quality/remove", Role.MANAGER, this::remove);
  }

  /// What is shown.
  ///
  /// @param rule whose records are shown; empty for all
  /// @param customer whose records are shown; empty for everybody's
  /// @param filter the id under which the customer is kept; empty for everybody
  /// @param next where the next page begins; empty where there is none
  /// @param changed how many verdicts a change touched; null where nothing was changed
  /// @param fault why nothing was changed; null for none
  /// @param changes whether the reader may let records back in
  public record QualityView(
      List<RuleLine> rules,
      List<ExcludedRecords.Row> rows,
      List<Readmissions.Row> readmitted,
      String rule,
      String customer,
      String filter,
      String next,
      @Nullable Long changed,
      @Nullable String fault,
      boolean changes) {
    /// The address of another page of the records, or of those of another rule.
    public String at(String otherRule, String before) {
      return "/data/quality?rule=%s&view=%s&before=%s"
          .formatted(Visit.encode(otherRule), filter, Visit.encode(before));
    }

    public long excluded() {
      return rules.stream().mapToLong(RuleLine::excluded).sum();
    }
  }

  /// One rule.
  ///
  /// @param settings what the workspace says of it
  public record RuleLine(String rule, boolean isOn, long excluded, List<String> settings) {}

  private Shown page(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      return Shown.view("data/quality", view(visit, store, null, null));
    }
  }

  private QualityView view(
      Visit visit, Store store, @Nullable Long changed, @Nullable String fault) {
    Quality quality = store.quality();
    boolean posted = changed != null || fault != null;
    String asked = posted ? visit.form("shown") : visit.shortParam("rule");
    String rule = asked != null && Exclusion.rules().contains(asked) ? asked : "";
    Filter kept =
        posted
            ? Filter.keep(visit, site, store, AREA, List.of("of"))
            : Filter.of(visit, store, AREA);
    String customer = kept.get("of");
    RecentRecords.Place before = RecentRecords.Place.of(visit.shortParam("before"));
    ExcludedRecords records = quality.excluded();
    List<ExcludedRecords.Row> rows =
        customer != null && !records.knows(customer)
            ? List.of()
            : records.list(
                new ExcludedRecords.Question(
                    rule.isEmpty() ? null : rule,
                    customer,
                    before.equals(RecentRecords.Place.START)
                        ? null
                        : new ExcludedRecords.Place(before.importNumber(), before.seq()),
                    ROWS));
    ExcludedRecords.Place last = rows.size() < ROWS ? null : rows.getLast().place();
    return new QualityView(
        rules(quality),
        rows,
        quality.readmissions().list(),
        rule,
        customer == null ? "" : customer,
        kept.id(),
        last == null ? "" : new RecentRecords.Place(last.importNumber(), last.seq()).toString(),
        changed,
        fault,
        visit.may(Role.MANAGER));
  }

  /// Keeps whose records are asked for, and goes on under its id.
  private Shown filter(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      Filter kept = Filter.keep(visit, site, store, AREA, List.of("of"));
      String rule = visit.form("rule");
      boolean known = rule != null && Exclusion.rules().contains(rule);
      return Shown.redirect("/data/quality?rule=" + (known ? rule : "") + "&view=" + kept.id());
    }
  }

  private static List<RuleLine> rules(Quality quality) {
    List<ExcludedRecords.Count> counts = quality.excluded().counts();
    return Exclusion.rules().stream()
        .map(rule ->
            new RuleLine(
                rule,
                quality.rules().isOn(rule),
                counts.stream()
                    .filter(count -> count.reason().rule().equals(rule))
                    .mapToLong(ExcludedRecords.Count::records)
                    .sum(),
                settings(rule, quality.rules())))
        .toList();
  }

  private static List<String> settings(String rule, QualityRules rules) {
    List<String> settings = new ArrayList<>();
    switch (rule) {
      case "mail_scanners" -> settings.addAll(rules.mail().networks().texts());
      case "internal" -> {
        settings.addAll(rules.internal().domains());
        settings.addAll(rules.internal().networks().texts());
        add(settings, rules.internal().people());
        add(settings, rules.internal().match());
      }
      case "bursts" -> {
        if (rules.perMinute() > 0) {
          settings.add("per_minute: " + rules.perMinute());
        }
      }
      default -> {}
    }
    return settings;
  }

  private static void add(List<String> settings, @Nullable Expression condition) {
    if (condition != null) {
      settings.add(condition.text());
    }
  }

  private Shown readmit(Visit visit) {
    String rule = visit.form("rule");
    String note = visit.form("note");
    return changed(
        visit,
        "let back in",
        (store, quality) ->
            quality
                .readmissions()
                .add(
                    new Readmissions.Wanted(
                        rule == null ? "" : rule,
                        visit.form("customer"),
                        visit.form("message"),
                        visit.form("source"),
                        note == null ? "" : note),
                    site.parts().clock(),
                    () -> site.parts().quality().models().apply(store))
                .changed());
  }

  private Shown remove(Visit visit) {
    String no = visit.form("no");
    return changed(
        visit,
        "no longer let in",
        (store, quality) -> {
          boolean there =
              no != null
                  && quality.readmissions().list().stream()
                      .anyMatch(row -> no.equals(String.valueOf(row.no())));
          return there
              ? quality
                  .readmissions()
                  .remove(Integer.parseInt(no), () -> site.parts().quality().models().apply(store))
              : 0;
        });
  }

  private interface Changing {
    long change(Store store, Quality quality);
  }

  private Shown changed(Visit visit, String what, Changing changing) {
    try (Store store = site.parts().store().beside()) {
      try {
        long changed = changing.change(store, store.quality());
        site.parts().quality().changed().run();
        visit.note(
            AuditAction.DATA_CHANGED,
            about(visit.form("customer")),
            Map.of("of", "quality", "after", "%s, %d verdicts".formatted(what, changed)));
        return Shown.view("data/quality-part", view(visit, store, changed, null));
      } catch (InputException e) {
        return Shown.refused("data/quality-part", view(visit, store, null, e.getMessage()));
      }
    }
  }

  private static Audit.@Nullable About about(@Nullable String customer) {
    return customer == null ? null : new Audit.About(Model.Subject.CUSTOMER, customer);
  }
}
