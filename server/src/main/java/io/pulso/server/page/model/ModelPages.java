package io.pulso.server.page.model;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Change;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelDiff;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.api.Publishing;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The list of models, and what each of them is.
public final class ModelPages {
  private static final String DRAFT = "draft";

  private final Site site;
  private final ModelDesk desk;

  public ModelPages(Site site, ModelDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  public void add(Pages pages) {
    pages.get("/models", Role.VIEWER, this::list);
    new StarterPages(site, desk).add(pages);
    new ModelEditor(site, desk).add(pages);
    pages.get("/models/{name}", Role.VIEWER, this::one);
    pages.get("/models/{name}/publishing", Role.VIEWER, this::publishing);
  }

  /// A row of the list.
  ///
  /// @param version its number in force; null where nothing is published
  /// @param publishedAt in microseconds
  /// @param state the text of what the draft is
  public record Row(
      String name,
      String title,
      Model model,
      long scored,
      @Nullable Integer version,
      long publishedAt,
      String state,
      int warnings) {}

  /// The list.
  public record ListView(List<Row> rows, List<FaultyRow> faulty, boolean mayEdit) {}

  /// A file that is wrong.
  public record FaultyRow(String file, List<String> faults) {}

  private Shown list(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          KnownModels known = KnownModels.read(site.parts(), store, view);
          List<Row> rows = new ArrayList<>();
          known.byName().forEach((name, each) -> rows.add(row(visit, name, each, view)));
          List<FaultyRow> faulty =
              known.faulty().stream().map(one -> new FaultyRow(one.file(), one.faults())).toList();
          return Shown.view("model/list", new ListView(rows, faulty, visit.may(Role.ANALYST)));
        });
  }

  private Row row(Visit visit, String name, KnownModels.Known each, View view) {
    Model model = each.model();
    ModelVersions.Version inForce = each.inForce();
    return new Row(
        name,
        visit.text(model.title(), name),
        model,
        view.standings(model.subject())
            .scored(
                model.appliesTo() == null ? null : model.appliesTo().condition(),
                site.questions().today()),
        inForce == null ? null : (Integer) inForce.number(),
        inForce == null ? 0 : inForce.publishedAt(),
        state(each),
        each.warnings().size());
  }

  private static String state(KnownModels.Known each) {
    return each.draft() == null
        ? "none"
        : each.versions().isEmpty() ? "only" : each.isChanged() ? "differs" : "same";
  }

  /// A model.
  ///
  /// @param versions newest first
  /// @param from of the comparison, and `to`; null where there is nothing to compare
  public record OneView(
      String name,
      String title,
      Model model,
      @Nullable Integer inForce,
      String state,
      String draftHash,
      int next,
      List<ModelVersions.Version> versions,
      @Nullable String from,
      String to,
      List<Change> changes,
      Publishing.@Nullable State publishing,
      boolean published) {

    /// A line of a warning or fault, for people.
    public boolean isDraft(String version) {
      return version.equals(DRAFT);
    }
  }

  private Shown one(Visit visit) {
    String name = visit.part("name");
    return site.questions()
        .ask((store, view) -> {
          KnownModels.Known known = KnownModels.read(site.parts(), store, view).byName().get(name);
          if (known == null) {
            throw new Missing(name);
          }
          List<ModelVersions.Version> versions = known.versions();
          String to = asked(visit, "to", known, known.isChanged() ? DRAFT : last(versions, 1));
          String from = asked(visit, "from", known, last(versions, known.isChanged() ? 1 : 2));
          List<Change> changes =
              from == null || to == null || from.equals(to)
                  ? List.of()
                  : ModelDiff.of(model(known, from), model(known, to));
          return Shown.view(
              "model/one",
              new OneView(
                  name,
                  visit.text(known.model().title(), name),
                  known.model(),
                  known.inForce() == null ? null : (Integer) known.inForce().number(),
                  state(known),
                  known.draft() == null ? "" : known.draft().hash(),
                  versions.size() + 1,
                  versions.reversed(),
                  from,
                  to == null ? DRAFT : to,
                  changes,
                  site.parts().publishing().state(name),
                  visit.param("published") != null));
        });
  }

  /// A version that was asked for, where there is one.
  private static @Nullable String asked(
      Visit visit, String name, KnownModels.Known known, @Nullable String otherwise) {
    String asked = visit.shortParam(name);
    boolean there =
        asked != null
            && (asked.equals(DRAFT)
                ? known.draft() != null
                : known.versions().stream()
                    .anyMatch(each -> String.valueOf(each.number()).equals(asked)));
    return there ? asked : otherwise;
  }

  private static @Nullable String last(List<ModelVersions.Version> versions, int back) {
    return versions.size() < back
        ? null
        : String.valueOf(versions.get(versions.size() - back).number());
  }

  private static Model model(KnownModels.Known known, String version) {
    String text =
        version.equals(DRAFT)
            ? known.text()
            : known.versions().get(Integer.parseInt(version) - 1).text();
    return ModelReader.read("model.yaml", text).model();
  }

  /// How far a publication is.
  public record ProgressView(String name, Publishing.@Nullable State state) {}

  private Shown publishing(Visit visit) {
    String name = visit.part("name");
    Publishing.State state = site.parts().publishing().state(name);
    if (state != null && state.ended() && state.fault() == null) {
      return Shown.redirect("/models/" + Visit.encode(name) + "?published=1");
    }
    return Shown.view("model/progress", new ProgressView(name, state));
  }

  /// The colour of a band, as a style writes it.
  static String colour(Band band, List<Band> bands) {
    int place = bands.indexOf(band);
    return band.color() != null
        ? band.color()
        : SCALE.contains(band.id())
            ? "--band-" + band.id()
            : "--scale-" + (1 + Math.round(place * 4f / Math.max(1, bands.size() - 1)));
  }

  /// As [#colour], for the attribute `style`.
  public static String style(Band band, List<Band> bands) {
    String colour = colour(band, bands);
    return colour.startsWith("--") ? "var(" + colour + ")" : colour;
  }

  private static final List<String> SCALE =
      List.of("churn_risk", "very_disengaged", "somewhat_engaged", "highly_engaged", "power_user");

  /// What of a day or window counts at most, for people; empty for no cap.
  public static String cap(Visit visit, @Nullable Long milli) {
    return milli == null ? "" : visit.figures().points(milli);
  }

  /// What one unit of an activity is worth.
  public static String worth(Visit visit, Model model, Activity activity) {
    return visit
        .figures()
        .points(model.method() == Model.Method.WEIGHTED ? activity.weight() : activity.points());
  }

  /// How scores of a band are bounded.
  public static String range(Visit visit, Band band) {
    Long bound = band.bound();
    return bound == null
        ? visit.t("model.above")
        : visit.t(
            band.including() ? "model.up_to" : "model.below", "to", visit.figures().points(bound));
  }

  /// The title of a band.
  public static String title(Visit visit, Band band) {
    return visit.text(band.title(), band.id());
  }

  /// The name of an enum's constant, as keys of texts have it.
  public static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }
}
