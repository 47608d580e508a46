package io.pulso.server.page.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.BandSets;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.yaml.Decimals;
import io.pulso.server.api.Answer;
import io.pulso.server.api.ModelShelf;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.SafeCsv;
import io.pulso.server.people.Role;
import io.pulso.server.starter.Proposal;
import io.pulso.server.starter.Shortfall;
import io.pulso.server.starter.Starter;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a first model is proposed, with a reason for each rule, and made one's own.
public final class StarterPages {
  private static final String AT = "/models/-propose";
  private static final Pattern POINTS = Pattern.compile("-?\\d{1,5}(\\.\\d{1,3})?");

  /// A condition that asks for one event and nothing else.
  private static final Pattern EVENT = Pattern.compile("event == \"([^\"\\\\]+)\"");

  private static final int BARS = 36;

  private final Site site;
  private final ModelDesk desk;

  StarterPages(Site site, ModelDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  void add(Pages pages) {
    pages.get(AT, Role.ANALYST, this::show);
    pages.post(AT + "/preview", Role.ANALYST, this::preview);
    pages.post(AT + "/preview.csv", Role.ANALYST, this::csv);
    pages.post(AT, Role.ANALYST, this::save);
  }

  /// A rule of the proposal.
  ///
  /// @param points as fields of forms write them, with the bounds and the step of a slider
  /// @param most that count in all
  /// @param behind where those who did it of late are listed; null where a list cannot tell
  public record RuleRow(
      Proposal.Rule rule,
      String title,
      String points,
      String least,
      String greatest,
      String step,
      String most,
      @Nullable String behind) {}

  /// The wizard.
  public record StarterView(
      Proposal proposal, List<RuleRow> rules, Json preview, boolean hasModel) {}

  private Starter starter(Store store, View view) {
    Set<String> taken = new HashSet<>();
    site.parts().models().everything(store).forEach(use -> taken.add(use.model().name()));
    return desk.starter(view, taken, site.questions().today());
  }

  private Shown show(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          Starter starter = starter(store, view);
          Proposal proposal = starter.proposal();
          List<RuleRow> rows = proposal.rules().stream().map(rule -> row(visit, rule)).toList();
          return Shown.view(
              "model/starter",
              new StarterView(
                  proposal,
                  rows,
                  preview(visit, starter, Map.of(), Set.of()),
                  proposal.text() != null));
        });
  }

  private static RuleRow row(Visit visit, Proposal.Rule rule) {
    long points = rule.points();
    long reach = Math.max(10_000, 3 * Math.abs(points));
    long step = reach > 30_000 ? 1_000 : reach > 10_000 ? 500 : 100;
    reach = (reach + step - 1) / step * step;
    return new RuleRow(
        rule,
        visit.text(rule.title(), rule.name()),
        Decimals.show(points),
        Decimals.show(points < 0 ? -reach : 0),
        Decimals.show(points < 0 ? 0 : reach),
        Decimals.show(step),
        visit.figures().points(rule.perWindow()),
        behind(rule));
  }

  private static @Nullable String behind(Proposal.Rule rule) {
    Matcher event = EVENT.matcher(rule.match());
    return event.matches()
        ? "/behind/customers?within=30&event=" + Visit.encode(String.valueOf(event.group(1)))
        : null;
  }

  private Shown preview(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          Starter starter = starter(store, view);
          return Shown.data(preview(visit, starter, points(visit, starter), off(visit, starter)));
        });
  }

  private static Set<String> off(Visit visit, Starter starter) {
    Set<String> off = new HashSet<>();
    starter.proposal().rules().forEach(rule -> off.add(rule.name()));
    visit.forms("on").forEach(off::remove);
    return off;
  }

  private static Map<String, Long> points(Visit visit, Starter starter) {
    Map<String, Long> points = new HashMap<>();
    for (Proposal.Rule rule : starter.proposal().rules()) {
      String given = visit.form("points-" + rule.name());
      if (given != null && POINTS.matcher(given).matches()) {
        long milli = new BigDecimal(given).movePointRight(3).longValueExact();
        points.put(rule.name(), Math.clamp(milli, -10_000_000L, 10_000_000L));
      }
    }
    return points;
  }

  private static Json preview(
      Visit visit, Starter starter, Map<String, Long> points, Set<String> off) {
    Proposal proposal =
        points.isEmpty() && off.isEmpty() ? starter.proposal() : starter.with(points, off);
    Proposal.Spread spread = proposal.spread();
    return new Answer()
        .put("median", spread == null ? "" : visit.figures().points(spread.median()))
        .put("top", spread == null ? "" : visit.figures().points(spread.top()))
        .put("median_kept", spread != null && spread.isMedianKept())
        .put("top_kept", spread != null && spread.isTopKept())
        .texts("shortfalls", proposal.shortfalls().stream().map(each -> told(visit, each)).toList())
        .put("histogram", histogram(visit, starter.scores(points, off)))
        .objects("bands", bands(visit, spread), row -> row)
        .json();
  }

  /// A shortfall in words.
  static String told(Visit visit, Shortfall shortfall) {
    return visit.t("model.shortfall_" + shortfall.word());
  }

  /// The bars of the preview as a file.
  private Shown csv(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          Starter starter = starter(store, view);
          long[] scores = starter.scores(points(visit, starter), off(visit, starter));
          Bands bands = Bands.of(BandSets.points());
          StringBuilder text = new StringBuilder("from,to,customers,band\r\n");
          for (Distribution.Bar bar : Distribution.of(scores).histogram(BARS)) {
            text.append(SafeCsv.points(bar.from()))
                .append(',')
                .append(SafeCsv.points(bar.to()))
                .append(',')
                .append(bar.count())
                .append(',')
                .append(bands.band((bar.from() + bar.to()) / 2).id())
                .append("\r\n");
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          return new Shown.Download(
              "proposed-scores.csv", "text/csv; charset=utf-8", out -> out.write(bytes));
        });
  }

  private static Json histogram(Visit visit, long[] scores) {
    List<Band> all = BandSets.points();
    Bands bands = Bands.of(all);
    List<Json> bins = new ArrayList<>();
    for (Distribution.Bar bar : Distribution.of(scores).histogram(BARS)) {
      String from = visit.figures().points(bar.from());
      bins.add(
          new Answer()
              .put("label", from)
              .put("n", bar.count())
              .put(
                  "text",
                  visit.t(
                      "overview.bin",
                      "n",
                      bar.count(),
                      "from",
                      from,
                      "to",
                      visit.figures().points(bar.to())))
              .put("color", ModelPages.colour(bands.band((bar.from() + bar.to()) / 2), all))
              .json());
    }
    return new Answer().put("bins", new Json.Arr(bins)).json();
  }

  private static List<Answer> bands(Visit visit, Proposal.@Nullable Spread spread) {
    List<Answer> rows = new ArrayList<>();
    List<Band> bands = BandSets.points();
    long all = spread == null ? 0 : spread.bands().stream().mapToLong(n -> n).sum();
    for (int i = 0; i < bands.size(); i++) {
      long n = spread == null ? 0 : spread.bands().get(i);
      rows.add(
          new Answer()
              .put("band", ModelPages.title(visit, bands.get(i)))
              .put("color", ModelPages.colour(bands.get(i), bands))
              .put("share", visit.figures().percent(all == 0 ? 0 : (double) n / all)));
    }
    return rows;
  }

  private Shown save(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          Starter starter = starter(store, view);
          Set<String> off = off(visit, starter);
          String text = starter.with(points(visit, starter), off).text();
          if (text == null) {
            throw new InputException(visit.t("model.starter_all_off"));
          }
          String name = ModelReader.read("model.yaml", text).model().name();
          ModelShelf.Saving saving = site.parts().shelf().save(name, text, ModelShelf.NOTHING);
          if (saving instanceof ModelShelf.Overtaken) {
            throw new InputException(visit.t("model.conflict"));
          }
          return Shown.redirect("/models/" + Visit.encode(name) + "/edit");
        });
  }
}
