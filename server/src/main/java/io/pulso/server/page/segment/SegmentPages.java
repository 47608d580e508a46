package io.pulso.server.page.segment;

import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.Answer;
import io.pulso.server.api.SegmentShelf;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.segment.SegmentViews.Choice;
import io.pulso.server.page.segment.SegmentViews.Put;
import io.pulso.server.page.segment.SegmentViews.Row;
import io.pulso.server.page.segment.SegmentViews.Wrong;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.segment.Flow;
import io.pulso.server.segment.ListFile;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.SegmentLists;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// The segments of the workspace, and each with who came and went.
public final class SegmentPages {
  static final String AT = "/segments";

  private final Site site;

  public SegmentPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::list);
    new SegmentBuilder(site).add(pages);
    new ComparePages(site).add(pages);
    new MigrationPages(site).add(pages);
    pages.get(AT + "/{name}", Role.VIEWER, this::one);
    pages.get(AT + "/{name}/days.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/{name}/behind", Role.VIEWER, this::behind);
    pages.post(AT + "/{name}/list", Role.MANAGER, this::put);
    pages.post(AT + "/{name}/delete", Role.MANAGER, this::delete);
  }

  static String at(String name) {
    return AT + "/" + Visit.encode(name);
  }

  private Shown list(Visit visit) {
    SegmentLook look = new SegmentLook(site, visit);
    List<SegmentShelf.Draft> drafts = site.parts().segments().all();
    List<Segment> all = List.copyOf(site.parts().segments().segments().values());
    int today = site.questions().today();
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "segment/list",
                new SegmentViews.All(
                    all.stream().map(each -> row(look, visit, store, view, each, today)).toList(),
                    drafts.stream()
                        .filter(draft -> draft.segment() == null)
                        .map(draft -> new Wrong(draft.name(), draft.faults()))
                        .toList(),
                    all.stream()
                        .filter(segment -> segment.of() == Model.Subject.CUSTOMER)
                        .map(segment -> new Choice(segment.name(), look.title(segment)))
                        .toList())));
  }

  private static Row row(
      SegmentLook look, Visit visit, Store store, View view, Segment segment, int today) {
    String size = "";
    String share = "";
    String rule = SegmentLook.rule(segment);
    try {
      Roster roster = look.roster(store, view, segment.of(), today);
      int n = look.rows(view, roster, segment).cardinality();
      size = look.size(segment.of(), n);
      share = look.share(view, roster, n);
    } catch (InputException e) {
      // A rule over what the reader does not see, or that compares what cannot be compared.
      share = visit.fault(String.valueOf(e.getMessage()));
    }
    return new Row(
        segment.name(),
        look.title(segment),
        look.about(segment),
        SegmentLook.kind(segment.of()),
        rule,
        size,
        share);
  }

  private Segment segment(Visit visit) {
    Segment segment = site.parts().segments().segments().get(visit.part("name"));
    if (segment == null) {
      throw new Missing("segment");
    }
    return segment;
  }

  private Shown one(Visit visit) {
    Segment segment = segment(visit);
    SegmentLook look = new SegmentLook(site, visit);
    int today = site.questions().today();
    return site.questions()
        .ask((store, view) -> {
          Roster roster = look.roster(store, view, segment.of(), today);
          BitSet rows = look.rows(view, roster, segment);
          InUse use = roster.use();
          FlowCharts charts =
              new FlowCharts(visit, segment, days(visit, store, view, segment, today));
          return Shown.view(
              "segment/one",
              new SegmentViews.One(
                  segment.name(),
                  look.title(segment),
                  look.about(segment),
                  SegmentLook.kind(segment.of()),
                  SegmentLook.rule(segment),
                  visit.figures().count(rows.cardinality()),
                  look.share(view, roster, rows.cardinality()),
                  use == null ? "" : visit.text(use.model().title(), use.model().name()),
                  look.bands(roster, rows),
                  charts.sizes(),
                  charts.flow(),
                  visit.figures().count(charts.entered()),
                  visit.figures().count(charts.left()),
                  look.others(segment.of(), segment.name()),
                  visit.may(Role.ANALYST),
                  visit.may(Role.MANAGER)));
        });
  }

  /// The days that the reader looks at, with those whom they see.
  private List<Flow.Day> days(Visit visit, Store store, View view, Segment segment, int today) {
    Memberships.allow(visit.sight(), segment);
    List<Flow.Day> days =
        Flow.of(view, site.questions().inForce(store), segment, today - visit.days() + 1, today);
    Sight sight = visit.sight();
    if (sight.seesAll()) {
      return days;
    }
    Roster roster = new SegmentLook(site, visit).roster(store, view, segment.of(), today);
    return Flow.among(days, Memberships.numbers(roster, sight.rows(view, roster)));
  }

  private Shown csv(Visit visit) {
    Segment segment = segment(visit);
    int today = site.questions().today();
    return site.questions()
        .ask((store, view) ->
            new FlowCharts(visit, segment, days(visit, store, view, segment, today))
                .grid()
                .download(segment.name() + "-days.csv"));
  }

  /// The list of those who are in it.
  private Shown behind(Visit visit) {
    Segment segment = segment(visit);
    String kind = SegmentLook.kind(segment.of());
    String state = JsonText.write(new Answer().texts("segment", List.of(segment.name())).json());
    long now = site.parts().clock().millis() * 1000;
    return site.questions()
        .ask((store, view) ->
            Shown.redirect(
                "/%s?view=%s"
                    .formatted(
                        kind, store.byHand().views().keep(kind, visit.person().id(), state, now))));
  }

  private Shown put(Visit visit) {
    Segment segment = segment(visit);
    if (!(segment.members() instanceof Segment.Listed)) {
      throw new InputException("the segment '%s' has no list".formatted(segment.name()));
    }
    if (!visit.sight().seesAll()) {
      throw new InputException(visit.t("segment.list_limited"));
    }
    String text = visit.form("ids");
    List<String> ids = ListFile.ids(text == null ? "" : text);
    String what = visit.form("what");
    long now = site.parts().clock().millis() * 1000;
    SegmentLists.Changed changed =
        site.questions()
            .ask((store, view) -> {
              SegmentLists lists = store.byHand().segments();
              return "remove".equals(what)
                  ? lists.remove(segment.name(), segment.of(), ids, now)
                  : lists.put(segment.name(), segment.of(), ids, "replace".equals(what), now);
            });
    visit.note(AuditAction.DATA_CHANGED, null, Map.of("of", "segment " + segment.name() + " list"));
    return Shown.view(
        "segment/put",
        new Put(
            segment.name(),
            visit.t(
                "segment.list_done",
                "added",
                changed.added(),
                "kept",
                changed.kept(),
                "removed",
                changed.removed()),
            changed.unknown()));
  }

  private Shown delete(Visit visit) {
    Segment segment = segment(visit);
    site.parts().segments().delete(segment.name());
    site.questions()
        .ask((store, view) -> {
          store.byHand().segments().drop(segment.name());
          return true;
        });
    visit.note(AuditAction.DATA_CHANGED, null, Map.of("of", "segment " + segment.name()));
    return Shown.redirect(AT);
  }
}
