package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.MetricView.Choice;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Tile;
import io.pulso.server.people.Role;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What customers answered: the score of each kind of survey with who was asked, how it went on,
/// which answers were given, by part, and the comments.
public final class SurveyPages {
  private static final String AT = "/surveys";

  private final Site site;

  public SurveyPages(Site site) {
    this.site = site;
  }

  /// A kind of survey.
  private enum Survey {
    NPS("nps", 0, 10),
    CSAT("csat", 1, 5),
    EFFORT("effort_score", 1, 7);

    private final String metric;
    private final int least;
    private final int most;

    Survey(String metric, int least, int most) {
      this.metric = metric;
      this.least = least;
      this.most = most;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The colour of an answer.
    private String colour(int answer) {
      return switch (this) {
        case NPS -> answer >= 9 ? "--good" : answer >= 7 ? "--muted" : "--bad";
        case CSAT -> answer >= 4 ? "--good" : answer == 3 ? "--muted" : "--bad";
        case EFFORT -> answer >= 5 ? "--good" : answer == 4 ? "--muted" : "--bad";
      };
    }

    static Survey of(@Nullable String word) {
      for (Survey survey : values()) {
        if (survey.word().equals(word)) {
          return survey;
        }
      }
      return NPS;
    }
  }

  /// A page.
  ///
  /// @param kinds of surveys
  /// @param between between which values the score lies; empty where that is not told
  /// @param by what it is broken down by, as it was written
  /// @param wrong why it is not broken down; null where it is
  /// @param q what is looked for in comments
  public record SurveyView(
      String kind,
      List<Choice> kinds,
      List<Tile> tiles,
      String between,
      String definition,
      List<Choice> cuts,
      Figure trend,
      Figure answers,
      String by,
      List<MetricView.PartRow> parts,
      String parted,
      @Nullable String wrong,
      String q,
      List<Comment> comments) {}

  /// What somebody wrote.
  ///
  /// @param to the page of the customer
  /// @param tone `good`, `bad` or empty
  public record Comment(
      String who, String to, String score, String tone, String text, String when) {}

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::page);
    pages.get(AT + "/answers.csv", Role.VIEWER, this::answersCsv);
  }

  private Shown page(Visit visit) {
    return site.questions()
        .ask((store, view) -> Shown.view("metric/surveys", view(visit, store, view)));
  }

  private Shown answersCsv(Visit visit) {
    Survey survey = Survey.of(visit.param("kind"));
    return site.questions()
        .ask((store, view) ->
            answers(visit, new MetricDesk(site, visit, view), survey)
                .grid()
                .download(survey.word() + "-answers.csv"));
  }

  private SurveyView view(Visit visit, Store store, View view) {
    Survey survey = Survey.of(visit.param("kind"));
    MetricDesk desk = new MetricDesk(site, visit, view);
    Metric metric = MetricDesk.metric(site, survey.metric);
    // A day seldom has ten answers, and fewer have no score.
    Every every = visit.param("every") == null ? Every.WEEK : MetricPages.every(visit);
    Told told = desk.ask(metric, every, null);
    String by = visit.shortParam("by");
    Path place = by == null ? null : By.read(by);
    String wrong = by == null ? null : MetricPages.refused(visit, by, place);
    List<MetricView.PartRow> parts = List.of();
    if (place != null && wrong == null) {
      try {
        parts = MetricPages.parts(visit, desk.ask(metric, Every.WHOLE, place));
      } catch (InputException e) {
        wrong = visit.fault(String.valueOf(e.getMessage()));
      }
    }
    String q = visit.shortParam("q");
    String text = q == null ? "" : q.strip();
    return new SurveyView(
        survey.word(),
        kinds(visit, survey),
        List.of(
            desk.tile(survey.metric, icon(survey, told.whole().figure().value())),
            desk.tile(survey.metric + ".answers", "message"),
            desk.tile(survey.metric + ".response_rate", "send")),
        between(visit, told),
        MetricTexts.definition(visit, metric),
        MetricPages.cuts(visit, every),
        new MetricChart(visit, told)
            .figure(
                "trend",
                "/metric/%s/series.csv?days=%d&every=%s"
                    .formatted(survey.metric, visit.days(), MetricPages.word(every))),
        answers(visit, desk, survey),
        by == null ? "" : by,
        parts,
        MetricTexts.title(visit, metric),
        wrong,
        text,
        new SurveyComments(site, visit, store, view)
            .find(survey.word(), text, desk.period(), score -> tone(survey, score)));
  }

  private static List<Choice> kinds(Visit visit, Survey chosen) {
    List<Choice> kinds = new ArrayList<>();
    for (Survey survey : Survey.values()) {
      kinds.add(
          new Choice(
              visit.t("surveys." + survey.word()),
              "%s?kind=%s&days=%d".formatted(AT, survey.word(), visit.days()),
              survey == chosen));
    }
    return kinds;
  }

  private static String icon(Survey survey, @Nullable Double value) {
    double middle =
        switch (survey) {
          case NPS -> 0;
          case CSAT -> 50;
          case EFFORT -> 4;
        };
    return value == null ? "mood-neutral" : value > middle ? "mood-smile" : "mood-sad";
  }

  private static String tone(Survey survey, double score) {
    return switch (survey.colour((int) Math.floor(score))) {
      case "--good" -> "good";
      case "--bad" -> "bad";
      default -> "";
    };
  }

  private static String between(Visit visit, Told told) {
    Interval interval = told.whole().figure().interval();
    return interval == null
        ? ""
        : MetricPages.about(visit, told.asked().metric(), told.whole().figure());
  }

  private static Measure.@Nullable Numbers numbers(Metric metric) {
    return switch (metric.measure()) {
      case Measure.Nps(Measure.Numbers of) -> of;
      case Measure.AtLeast(Measure.Numbers of, long _) -> of;
      case Measure.Mean(Measure.Numbers of) -> of;
      default -> null;
    };
  }

  /// How often each answer was given.
  private Figure answers(Visit visit, MetricDesk desk, Survey survey) {
    Measure.Numbers of = numbers(MetricDesk.metric(site, survey.metric));
    return SurveyAnswers.figure(
        visit,
        of == null ? Frequencies.NONE : desk.answers(of),
        new SurveyAnswers.Scale(survey.least, survey.most, survey::colour),
        "%s/answers.csv?kind=%s&days=%d".formatted(AT, survey.word(), visit.days()));
  }
}
