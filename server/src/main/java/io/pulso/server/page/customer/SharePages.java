package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Answer;
import io.pulso.server.edit.Editor;
import io.pulso.server.edit.Trail;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.DashboardShares;
import io.pulso.server.page.overview.OverviewShares;
import io.pulso.server.people.Role;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Links with which others see a frozen page without signing in.
public final class SharePages {
  private static final String CUSTOMER = "customer";
  private static final int LONGEST_SPAN = 90;

  private final Area area;
  private final SubjectPages subjects;

  SharePages(Area area, SubjectPages subjects) {
    this.area = area;
    this.subjects = subjects;
  }

  void add(Pages pages) {
    pages.post("/customers/{id}/share", Role.MANAGER, this::share);
    pages.post("/shares/{share}/revoke", Role.MANAGER, this::revoke);
    pages.open("/shared/{secret}", this::open);
  }

  private static int whole(Visit visit, String name, int otherwise) {
    String text = visit.form(name);
    return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : otherwise;
  }

  private Shown share(Visit visit) {
    return subjects.ask(
        visit,
        Model.Subject.CUSTOMER,
        about -> {
          InUse use = about.use();
          ExplainedScore score =
              use != null && about.isScored()
                  ? new Explaining(about.view()).day(use, about.who(), about.day())
                  : null;
          Long points = score == null ? null : score.scoreTo();
          Band band = score == null ? null : score.bandTo();
          if (use == null || score == null || points == null || band == null) {
            throw new Missing("score");
          }
          int span = Math.clamp(whole(visit, "span", 30), 1, LONGEST_SPAN);
          List<Long> history = new ArrayList<>();
          new Histories(about.view())
              .one(
                  area.site()
                      .parts()
                      .models()
                      .periods(
                          about.store(), use.model().name(), about.day() - span + 1, about.day()),
                  about.who(),
                  (id, day, value, in) -> {
                    if (Kernel.isScore(value)) {
                      history.add((long) day);
                      history.add(value);
                    }
                  });
          return new ShareLinks(area.site())
              .make(
                  visit,
                  CUSTOMER,
                  about.who().number(),
                  Snapshot.of(score, points, band, history).json(),
                  Area.at(about.store().opaqueIds(), Model.Subject.CUSTOMER, about.who().number()));
        });
  }

  private Shown revoke(Visit visit) {
    String id = visit.part("share");
    return area.site()
        .questions()
        .ask((store, view) -> {
          Optional<Shares.Row> row = store.byHand().shares().find(id);
          if (row.isEmpty()) {
            throw new Missing("share");
          }
          Integer person = row.get().person();
          boolean sees =
              person == null
                  || area.sight(visit).sees(view, Model.Subject.CUSTOMER, person, area.today());
          if (!sees || !store.byHand().shares().revoke(id, visit.person().name(), area.now())) {
            throw new Missing("share");
          }
          area.edits()
              .note(
                  Area.editor(visit),
                  new Trail.Deed(
                      "share.revoked",
                      person == null ? null : Model.Subject.CUSTOMER,
                      person == null ? -1 : person,
                      id,
                      ""));
          return Shown.redirect(
              person == null
                  ? shared(row.get().page())
                  : Area.at(store.opaqueIds(), Model.Subject.CUSTOMER, person));
        });
  }

  /// Where the links of a page that is nobody's are listed.
  private static String shared(String page) {
    return page.startsWith(DashboardShares.PAGE)
        ? "/dashboards/%s/share".formatted(page.substring(DashboardShares.PAGE.length()))
        : "/overview/share";
  }

  /// A frozen page.
  public record Shared(
      String model,
      String version,
      String day,
      SubjectView.Score score,
      List<Line> lines,
      @Nullable Json chart,
      String until) {
    /// A line of its explanation.
    public record Line(String title, String points, boolean isNegative) {}
  }

  private Shown open(Visit visit) {
    Optional<Shares.Snapshot> found =
        area.site()
            .questions()
            .ask((store, view) -> store.byHand().shares().open(visit.part("secret"), area.now()));
    if (found.isEmpty()) {
      throw new Missing("share");
    }
    area.edits()
        .note(
            new Editor("", "share " + found.get().id(), visit.context().ip()),
            new Trail.Deed("share.opened", null, -1, "", found.get().id()));
    if (found.get().page().equals(OverviewShares.PAGE)) {
      return OverviewShares.open(visit, found.get());
    }
    if (found.get().page().startsWith(DashboardShares.PAGE)) {
      return DashboardShares.open(visit, found.get());
    }
    Snapshot it = Snapshot.read(found.get().json());
    List<Shared.Line> lines =
        it.lines().stream()
            .map(line ->
                new Shared.Line(
                    title(visit, line), visit.figures().change(line.points()), line.points() < 0))
            .toList();
    return Shown.view(
        "customer/shared",
        new Shared(
            visit.text(it.model(), ""),
            it.version(),
            visit.figures().day(it.day()),
            new SubjectView.Score(
                visit.figures().points(it.score()),
                0,
                visit.text(it.band().title(), it.band().id()),
                it.band().colour(),
                visit.text(it.band().meaning(), ""),
                visit.text(it.band().advice(), ""),
                ""),
            lines,
            chart(visit, it.history()),
            visit.figures().instant(found.get().expiresAt())));
  }

  private static String title(Visit visit, Snapshot.Line line) {
    String title = visit.text(line.title(), line.name());
    return switch (line.cause()) {
      case "activity" -> title;
      case "group_cap" -> visit.t("customer.cause_group_cap", "group", title);
      case "base" -> visit.t("customer.cause_base");
      case "manual" -> visit.t("customer.cause_manual");
      case "clamp" -> visit.t("customer.cause_clamp");
      default -> line.cause();
    };
  }

  private static @Nullable Json chart(Visit visit, List<Long> history) {
    if (history.isEmpty()) {
      return null;
    }
    List<Json> labels = new ArrayList<>();
    List<Json> values = new ArrayList<>();
    List<Json> texts = new ArrayList<>();
    for (int i = 0; i + 1 < history.size(); i += 2) {
      int day = Math.toIntExact(history.get(i));
      labels.add(new Json.Str(visit.figures().shortDay(day)));
      values.add(new Json.Num(history.get(i + 1) / 1000.0));
      texts.add(
          new Json.Str(
              visit.figures().day(day) + "  " + visit.figures().points(history.get(i + 1))));
    }
    return new Answer()
        .put("x", new Json.Arr(labels))
        .objects(
            "series",
            List.of(values),
            each ->
                new Answer()
                    .put("name", visit.t("customers.column_score"))
                    .put("color", "--accent")
                    .put("values", new Json.Arr(each)))
        .put("texts", new Json.Arr(texts))
        .json();
  }
}
