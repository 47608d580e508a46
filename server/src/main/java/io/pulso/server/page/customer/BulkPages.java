package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.edit.Bulk;
import io.pulso.server.edit.BulkJob;
import io.pulso.server.edit.TraitValues;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes of the rows of a list that somebody picked, or of all of them.
public final class BulkPages {
  private static final String OWNER = "owner";

  private final Area area;
  private final ListPages lists;

  BulkPages(Area area, ListPages lists) {
    this.area = area;
    this.lists = lists;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = Area.at(kind);
      pages.post(at + "/bulk", Role.MANAGER, visit -> ask(visit, kind));
      pages.post(at + "/bulk/start", Role.MANAGER, visit -> start(visit, kind));
      pages.get(at + "/bulk/{job}", Role.MANAGER, visit -> job(visit, kind));
      pages.post(at + "/bulk/{job}/cancel", Role.MANAGER, visit -> cancel(visit, kind));
    }
  }

  /// A change that somebody is asked to confirm.
  ///
  /// @param rows opaque ids of picked rows; empty for all that the list has
  /// @param trait that is set
  /// @param value as it was typed; empty takes the trait away
  /// @param fault what is wrong; null where nothing is
  public record Change(
      Model.Subject kind,
      String at,
      String view,
      List<String> rows,
      int count,
      String trait,
      String value,
      @Nullable String fault) {
    public boolean isOwner() {
      return trait.equals(OWNER);
    }
  }

  /// A change that goes on.
  public record Progress(Model.Subject kind, String at, BulkJob job) {
    public int percent() {
      return (int) (100L * job.done() / Math.max(1, job.total()));
    }
  }

  private interface Doing {
    Shown with(ListPages.Asked asked, BitSet rows);
  }

  private Shown meant(Visit visit, Model.Subject kind, Doing doing) {
    ListState state = lists.state(visit, kind, visit.form("view"));
    return lists.ask(
        visit,
        kind,
        state,
        asked -> {
          BitSet rows = asked.rows();
          if (!"all".equals(visit.form("which"))) {
            rows.and(picked(visit, kind, asked));
          }
          return doing.with(asked, rows);
        });
  }

  private static BitSet picked(Visit visit, Model.Subject kind, ListPages.Asked asked) {
    Set<Integer> numbers = new HashSet<>();
    for (String opaque : visit.forms("row")) {
      OptionalInt number = asked.store().opaqueIds().number(kind, opaque);
      number.ifPresent(numbers::add);
    }
    BitSet rows = new BitSet();
    for (int row = 0; row < asked.roster().size(); row++) {
      if (numbers.contains(asked.roster().number(row))) {
        rows.set(row);
      }
    }
    return rows;
  }

  private static Change change(Visit visit, Model.Subject kind, int count, @Nullable String fault) {
    String trait = "owner".equals(visit.form("what")) ? OWNER : visit.form("trait");
    String value = visit.form("value");
    String view = visit.form("view");
    return new Change(
        kind,
        Area.at(kind),
        view == null ? "" : view,
        "all".equals(visit.form("which")) ? List.of() : visit.forms("row"),
        count,
        trait == null ? "" : trait.strip(),
        value == null ? "" : value,
        fault);
  }

  private Shown ask(Visit visit, Model.Subject kind) {
    return meant(
        visit,
        kind,
        (asked, rows) -> {
          Change change = change(visit, kind, rows.cardinality(), null);
          String fault =
              change.trait().isEmpty()
                  ? visit.t("customers.bulk_no_trait")
                  : change.count() == 0 ? visit.t("customers.bulk_nobody") : null;
          return Shown.view("customer/bulk", change(visit, kind, rows.cardinality(), fault));
        });
  }

  private Shown start(Visit visit, Model.Subject kind) {
    String told = visit.form("expected");
    if (told == null || !told.matches("[0-9]{1,9}")) {
      throw new InputException("the number of rows is missing");
    }
    return meant(
        visit,
        kind,
        (asked, rows) -> {
          Change change = change(visit, kind, rows.cardinality(), null);
          try {
            BulkJob job =
                area.site()
                    .parts()
                    .bulk()
                    .start(
                        Area.editor(visit),
                        asked.roster(),
                        rows,
                        Integer.parseInt(told),
                        Map.of(change.trait(), value(change)));
            return Shown.redirect(Area.at(kind) + "/bulk/" + job.id());
          } catch (Bulk.OtherCount e) {
            return Shown.refused(
                "customer/bulk",
                change(
                    visit,
                    kind,
                    rows.cardinality(),
                    visit.t("customers.bulk_other_count", "n", rows.cardinality())));
          }
        });
  }

  private static Json value(Change change) {
    // An owner is a name or an address, also where it looks like a number.
    return change.isOwner() && !change.value().isBlank()
        ? new Json.Str(change.value().strip())
        : TraitValues.read(change.value());
  }

  /// Whether somebody may follow and stop a change: who sees some accounts only, their own.
  static boolean isShown(Visit visit, BulkJob job) {
    return visit.sight().seesAll() || job.actor().equals(Area.editor(visit).actor());
  }

  private BulkJob find(Visit visit, Model.Subject kind) {
    BulkJob job = area.site().parts().bulk().find(visit.part("job"));
    if (job == null || job.kind() != kind || !isShown(visit, job)) {
      throw new Missing("change");
    }
    return job;
  }

  private Shown job(Visit visit, Model.Subject kind) {
    BulkJob job = find(visit, kind);
    return Shown.view(
        visit.isFragment() ? "customer/progress" : "customer/job",
        new Progress(kind, Area.at(kind), job));
  }

  private Shown cancel(Visit visit, Model.Subject kind) {
    BulkJob job = find(visit, kind);
    area.site().parts().bulk().cancel(job.id());
    return Shown.redirect(Area.at(kind) + "/bulk/" + job.id());
  }
}
