package io.pulso.server.page.customer;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.Coverages;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.Sight;
import io.pulso.server.store.ByHand;
import io.pulso.server.store.OpaqueIds;
import io.pulso.server.store.Standings;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The page of one customer and of one account.
public final class SubjectPages {
  private static final int CHANGE_DAYS = 28;

  private final Area area;
  private final Coverages coverages = new Coverages();

  SubjectPages(Area area) {
    this.area = area;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = Area.at(kind) + "/{id}";
      pages.get(at, Role.VIEWER, visit -> show(visit, kind, null));
      pages.get(at + "/change", Role.VIEWER, visit -> change(visit, kind));
      pages.get(at + "/history.csv", Role.ANALYST, visit -> csv(visit, kind));
    }
    new TimelineParts(area, this).add(pages);
    new EventParts(this).add(pages);
    new EditPages(area, this).add(pages);
    new SharePages(area, this).add(pages);
  }

  /// One of them, with what is needed to speak of it.
  record About(Store store, View view, Individual who, @Nullable InUse use, Sight sight, int day) {
    boolean isObjected() {
      return view.objectedAt(who.kind(), who.number()) != null;
    }

    /// Whether the model scores them today.
    boolean isScored() {
      InUse by = use;
      if (by == null || isObjected()) {
        return false;
      }
      Expression condition = by.model().appliesTo();
      return condition == null
          || view.matching(who.kind(), condition.condition(), day, new int[] {who.number()})
              .get(who.number());
    }
  }

  interface Answering {
    Shown answer(About about);
  }

  Shown ask(Visit visit, Model.Subject kind, Answering answering) {
    return area.site()
        .questions()
        .ask((store, view) ->
            answering.answer(
                new About(
                    store,
                    view.keeping(),
                    area.find(visit, store, view, kind),
                    area.use(store, kind),
                    area.sight(visit),
                    area.today())));
  }

  /// Shows the page.
  ///
  /// @param fault what is wrong with what somebody entered there; null where nothing is
  Shown show(Visit visit, Model.Subject kind, @Nullable String fault) {
    return ask(
        visit,
        kind,
        about -> {
          area.note(visit, name(kind) + ".read", about.who());
          SubjectPage page = new SubjectPage(view(visit, about), fault);
          return fault == null
              ? Shown.view("customer/subject", page)
              : Shown.refused("customer/subject", page);
        });
  }

  /// The page, and what is wrong with what was entered.
  public record SubjectPage(SubjectView it, @Nullable String fault) {}

  private static String name(Model.Subject kind) {
    return kind == Model.Subject.CUSTOMER ? "customer" : "account";
  }

  SubjectView view(Visit visit, About about) {
    Individual who = about.who();
    InUse use = about.use();
    Model.Subject kind = who.kind();
    Json.Obj traits = about.view().traits(kind, who.number(), about.day());
    Named named = Named.of(kind, who.id(), traits, about.sight());
    boolean scored = about.isScored();
    ExplainedScore explained =
        scored && use != null ? new Explaining(about.view()).day(use, who, about.day()) : null;
    ScoreParts parts =
        use == null ? null : new ScoreParts(visit, about.view(), use, who, about.day());
    Long since = about.view().objectedAt(kind, who.number());
    OpaqueIds ids = about.store().opaqueIds();
    boolean customer = kind == Model.Subject.CUSTOMER;
    return new SubjectView(
        kind,
        Area.at(ids, kind, who.number()),
        who.id(),
        named.name(),
        named.isId(),
        tags(about),
        use == null ? "" : visit.text(use.model().title(), use.model().name()),
        use == null ? "" : use.version(),
        since == null ? "" : visit.figures().instant(since),
        explained == null || parts == null ? null : parts.score(explained),
        use == null ? null : coverage(visit, use, about.day()),
        parts == null || about.isObjected() || use == null
            ? new SubjectView.History(new Json.Null(), List.of())
            : parts.history(periods(about, use, visit.days())),
        explained == null || parts == null
            ? new SubjectView.Why(List.of(), "", "")
            : parts.why(explained),
        explained == null || parts == null ? null : parts.next(),
        traits(traits, about.sight()),
        customer ? customerFacts(visit, about, ids) : accountFacts(visit, about, traits),
        new SubjectView.Change(
            visit.figures().isoDay(Math.max(who.firstDay(), about.day() - CHANGE_DAYS)),
            visit.figures().isoDay(about.day()),
            visit.figures().isoDay(who.firstDay()),
            visit.figures().isoDay(about.day())),
        hand(visit, about),
        customer ? null : new TeamParts(area).of(visit, about));
  }

  private static List<String> tags(About about) {
    List<String> tags = new ArrayList<>();
    InUse use = about.use();
    Individual who = about.who();
    if (who.kind() == Model.Subject.CUSTOMER
        && !about.view().standings(who.kind()).identified(who.number())) {
      tags.add("customer.tag_anonymous");
    }
    if (use != null && who.firstDay() > about.day() - use.model().window()) {
      tags.add("customers.tag_ramping");
    } else if (use != null) {
      Integer last = about.view().standings(who.kind()).lastDay(who.number(), about.day());
      if (last == null || last <= about.day() - use.model().window()) {
        tags.add("customers.tag_inactive");
      }
    }
    return tags;
  }

  /// The days that are looked at, from the first day of the subject on.
  private List<Histories.Period> periods(About about, InUse use, int days) {
    return area.site()
        .parts()
        .models()
        .periods(about.store(), use.model().name(), about.day() - days + 1, about.day());
  }

  private SubjectView.@Nullable Coverage coverage(Visit visit, InUse use, int day) {
    Coverage found =
        coverages.of(
            use,
            day,
            () ->
                area.site()
                    .questions()
                    .ask((store, view) ->
                        Coverage.of(
                            view, use.model(), day, area.site().questions().days(), area.now())));
    Long share = found == null ? null : found.share();
    return found == null || share == null || !found.isLow()
        ? null
        : new SubjectView.Coverage(
            visit.figures().percent(share / 1000.0), String.join(", ", found.silent()));
  }

  private static List<SubjectView.Trait> traits(Json.Obj traits, Sight sight) {
    List<SubjectView.Trait> found = new ArrayList<>();
    Json.Obj shown = sight.traits(traits);
    for (Map.Entry<String, Json> each : new TreeMap<>(shown.fields()).entrySet()) {
      found.add(
          new SubjectView.Trait(
              each.getKey(), Named.text(each.getValue()), sight.masks(each.getKey())));
    }
    return found;
  }

  private List<SubjectView.Fact> customerFacts(Visit visit, About about, OpaqueIds ids) {
    Individual who = about.who();
    Standings standings = about.view().standings(who.kind());
    List<SubjectView.Fact> facts = new ArrayList<>();
    int account = standings.account(who.number(), about.day());
    if (account >= 0) {
      Json.Obj traits = about.view().traits(Model.Subject.ACCOUNT, account, about.day());
      String id = about.view().id(Model.Subject.ACCOUNT, account);
      facts.add(
          new SubjectView.Fact(
              "customers.column_account",
              Named.of(Model.Subject.ACCOUNT, id, traits, about.sight()).name(),
              Area.at(ids, Model.Subject.ACCOUNT, account)));
    }
    seen(visit, about, standings, facts);
    return facts;
  }

  private static void seen(
      Visit visit, About about, Standings standings, List<SubjectView.Fact> facts) {
    Individual who = about.who();
    facts.add(
        new SubjectView.Fact(
            "customers.column_last_seen",
            Seen.words(visit, standings.lastDay(who.number(), about.day()), about.day()),
            ""));
    facts.add(
        new SubjectView.Fact(
            "customers.column_first_seen", visit.figures().day(who.firstDay()), ""));
  }

  private static List<SubjectView.Fact> accountFacts(Visit visit, About about, Json.Obj traits) {
    List<SubjectView.Fact> facts = new ArrayList<>();
    AccountFacts told = new AccountFacts(visit, about.sight().traits(traits));
    add(facts, "account.owner", told.owner());
    add(facts, "account.mrr", told.mrr());
    add(facts, "account.renewal", told.renewal(about.day()));
    add(facts, "account.tier", told.tier());
    seen(visit, about, about.view().standings(about.who().kind()), facts);
    return facts;
  }

  private static void add(List<SubjectView.Fact> facts, String key, String value) {
    if (!value.isEmpty()) {
      facts.add(new SubjectView.Fact(key, value, ""));
    }
  }

  private SubjectView.@Nullable Hand hand(Visit visit, About about) {
    Individual who = about.who();
    ByHand hand = about.store().byHand();
    boolean customer = who.kind() == Model.Subject.CUSTOMER;
    List<SubjectView.Choice> models = new ArrayList<>();
    if (visit.may(Role.MANAGER)) {
      Map<String, String> titles = new TreeMap<>();
      for (InUse each : area.site().parts().models().everything(about.store())) {
        if (each.model().subject() == who.kind()) {
          titles.put(each.model().name(), visit.text(each.model().title(), each.model().name()));
        }
      }
      titles.forEach((name, title) -> models.add(new SubjectView.Choice(name, title)));
    }
    return new SubjectView.Hand(
        hand.points().of(who.kind(), who.number()),
        hand.sentiments().of(who.kind(), who.number()),
        customer ? hand.links().of(who.number()) : List.of(),
        customer ? hand.links().undone(who.number()) : List.of(),
        customer ? hand.shares().of(who.number()) : List.of(),
        models,
        about.day());
  }

  /// Why the score changed between two days.
  private Shown change(Visit visit, Model.Subject kind) {
    return ask(visit, kind, about -> new ChangeParts(area).show(visit, about));
  }

  private Shown csv(Visit visit, Model.Subject kind) {
    return ask(
        visit,
        kind,
        about -> {
          InUse use = about.use();
          StringBuilder out = new StringBuilder("day,score,band\r\n");
          if (use != null && !about.isObjected()) {
            new Histories(about.view())
                .one(
                    periods(about, use, visit.days()),
                    about.who(),
                    (id, day, score, band) ->
                        out.append(java.time.LocalDate.ofEpochDay(day))
                            .append(',')
                            .append(band == null ? "" : SafeCsv.points(score))
                            .append(',')
                            .append(band == null ? "" : band.id())
                            .append("\r\n"));
          }
          byte[] bytes =
              JsonText.clean(out.toString()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          return new Shown.Download(
              "history.csv", "text/csv; charset=utf-8", to -> to.write(bytes));
        });
  }
}
