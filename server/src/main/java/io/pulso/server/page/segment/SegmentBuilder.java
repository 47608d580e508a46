package io.pulso.server.page.segment;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import io.pulso.engine.segment.SegmentEdit;
import io.pulso.engine.segment.SegmentReader;
import io.pulso.engine.segment.SegmentText;
import io.pulso.server.api.SegmentShelf;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.segment.SegmentViews.Checked;
import io.pulso.server.page.segment.SegmentViews.Choice;
import io.pulso.server.page.segment.SegmentViews.Form;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a segment is built, with its size as one types.
final class SegmentBuilder {
  private static final String FILE = "segment.yaml";
  private static final int LONGEST_NAME = 64;
  private static final int TRAIT_STATES = 5_000;
  private static final int MOST_EVENTS = 1_000;

  private final Site site;

  SegmentBuilder(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(SegmentPages.AT + "/-new", Role.ANALYST, this::fresh);
    pages.post(SegmentPages.AT + "/-check", Role.ANALYST, this::check);
    pages.post(SegmentPages.AT + "/-save", Role.ANALYST, this::save);
    pages.get(SegmentPages.AT + "/{name}/edit", Role.ANALYST, this::edit);
  }

  /// What a form says.
  private record Said(
      String name, String title, String about, Model.Subject kind, boolean list, String when) {
    static Said of(Visit visit) {
      String title = text(visit, "title");
      String name = text(visit, "name");
      return new Said(
          name.isEmpty() ? slug(title) : name,
          title,
          text(visit, "about"),
          "accounts".equals(visit.form("of")) ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER,
          "list".equals(visit.form("how")),
          text(visit, "when"));
    }

    private static String text(Visit visit, String field) {
      String given = visit.form(field);
      return given == null ? "" : given.replace("\r\n", "\n").strip();
    }

    /// A name made of a title.
    private static String slug(String title) {
      String plain =
          Normalizer.normalize(title, Normalizer.Form.NFD)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\p{M}+", "")
              .replaceAll("[^a-z0-9]+", "-")
              .replaceAll("^-+|-+$", "");
      return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    }

    /// The file of a new segment.
    String text() {
      return SegmentText.of(name, title, about, kind, rule());
    }

    /// Null where it is a list.
    @Nullable String rule() {
      return list ? null : when;
    }
  }

  private Shown fresh(Visit visit) {
    String when = visit.shortParam("when");
    Said said = new Said("", "", "", Model.Subject.CUSTOMER, false, when == null ? "" : when);
    return Shown.view("segment/edit", form(visit, said, "", null));
  }

  private Shown edit(Visit visit) {
    SegmentShelf.Draft draft = site.parts().segments().of(visit.part("name"));
    Segment segment = draft == null ? null : draft.segment();
    if (draft == null || segment == null) {
      throw new Missing("segment");
    }
    SegmentLook look = new SegmentLook(site, visit);
    Said said =
        new Said(
            segment.name(),
            look.title(segment),
            look.about(segment),
            segment.of(),
            segment.members() instanceof Segment.Listed,
            SegmentLook.rule(segment));
    return Shown.view("segment/edit", form(visit, said, draft.hash(), null));
  }

  private Form form(Visit visit, Said said, String hash, @Nullable String fault) {
    Sight sight = visit.sight();
    return site.questions()
        .ask((store, view) -> {
          InUse use = site.parts().models().primary(store, said.kind(), site.questions().today());
          return new Form(
              said.name(),
              said.title(),
              said.about(),
              SegmentLook.kind(said.kind()),
              said.when(),
              said.list(),
              hash,
              view.eventNames().stream().limit(MOST_EVENTS).toList(),
              view.standings(Model.Subject.CUSTOMER).traitNames(TRAIT_STATES).stream()
                  .filter(trait -> !sight.masks(trait))
                  .toList(),
              view.standings(Model.Subject.ACCOUNT).traitNames(TRAIT_STATES),
              use == null
                  ? List.of()
                  : use.model().bands().stream()
                      .map(band -> new Choice(band.id(), visit.text(band.title(), band.id())))
                      .toList(),
              fault);
        });
  }

  /// How many a condition means, while it is typed.
  private Shown check(Visit visit) {
    Said said = Said.of(visit);
    if (said.list() || said.when().isEmpty()) {
      return Shown.view("segment/check", new Checked("", "", List.of(), null));
    }
    SegmentLook look = new SegmentLook(site, visit);
    int today = site.questions().today();
    try {
      Segment segment =
          new Segment(
              "new",
              Texts.NONE,
              Texts.NONE,
              said.kind(),
              new Segment.Rule(Cel.read(said.when(), Cel.Scope.LIST)));
      return site.questions()
          .ask((store, view) -> {
            Roster roster = look.roster(store, view, said.kind(), today);
            BitSet rows = look.rows(view, roster, segment);
            return Shown.view(
                "segment/check",
                new Checked(
                    look.size(said.kind(), rows.cardinality()),
                    look.share(view, roster, rows.cardinality()),
                    look.bands(roster, rows),
                    null));
          });
    } catch (ExpressionException | InputException e) {
      return Shown.view(
          "segment/check",
          new Checked("", "", List.of(), visit.fault(String.valueOf(e.getMessage()))));
    }
  }

  private Shown save(Visit visit) {
    Said said = Said.of(visit);
    String hash = Objects.requireNonNullElse(visit.form("hash"), "");
    String fault = fault(visit, said, hash);
    if (fault != null) {
      return Shown.refused("segment/edit", form(visit, said, hash, fault));
    }
    visit.note(AuditAction.DATA_CHANGED, null, Map.of("of", "segment " + said.name()));
    return Shown.redirect(SegmentPages.at(said.name()));
  }

  /// The file with what a form says; null where it cannot be written without touching what its
  /// author wrote around it.
  private @Nullable String text(Visit visit, Said said, String hash) {
    SegmentShelf.Draft draft = site.parts().segments().of(said.name());
    Segment present = draft == null ? null : draft.segment();
    if (draft == null || present == null || !draft.hash().equals(hash)) {
      return said.text();
    }
    return new SegmentEdit(
            visit.language().code(), said.title(), said.about(), said.kind(), said.rule())
        .apply(draft.text(), present);
  }

  /// Writes the file; what is wrong with it, or null.
  private @Nullable String fault(Visit visit, Said said, String hash) {
    if (said.name().isEmpty()) {
      return visit.t("segment.no_name");
    }
    try {
      String text = text(visit, said, hash);
      if (text == null) {
        return visit.t("segment.around");
      }
      Segment segment = SegmentReader.read(FILE, text).segment();
      io.pulso.server.segment.Memberships.allow(visit.sight(), segment);
      return site.parts().segments().save(segment.name(), text, hash)
          ? null
          : visit.t("segment.overtaken", "name", said.name());
    } catch (ModelException e) {
      return visit.fault(e.faults().getFirst().replaceFirst("^[^:]*:\\d+: ", ""));
    } catch (InputException e) {
      return visit.fault(String.valueOf(e.getMessage()));
    }
  }
}
