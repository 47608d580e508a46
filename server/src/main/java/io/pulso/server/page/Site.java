package io.pulso.server.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.pulso.server.api.Api;
import io.pulso.server.api.Questions;
import io.pulso.server.door.ProblemPages;
import io.pulso.server.page.customer.ListPages;
import io.pulso.server.page.customer.SearchPages;
import io.pulso.server.page.data.DataPages;
import io.pulso.server.page.entry.EntryPages;
import io.pulso.server.page.journey.JourneyPages;
import io.pulso.server.page.journey.SupportPages;
import io.pulso.server.page.metric.CalculatorPages;
import io.pulso.server.page.metric.CampaignPages;
import io.pulso.server.page.metric.DashboardPages;
import io.pulso.server.page.metric.GoalParts;
import io.pulso.server.page.metric.MetricPages;
import io.pulso.server.page.metric.PathPages;
import io.pulso.server.page.metric.SurveyPages;
import io.pulso.server.page.model.ModelDesk;
import io.pulso.server.page.model.ModelPages;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.OverviewPages;
import io.pulso.server.page.overview.OverviewShares;
import io.pulso.server.page.overview.TodayPages;
import io.pulso.server.page.segment.SegmentPages;
import io.pulso.server.page.settings.SettingsPages;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Team;
import io.pulso.server.score.Sight;
import io.pulso.server.summary.Glances;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// All pages of a workspace.
public final class Site implements AutoCloseable {
  /// How long the store may take for a page.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Parts parts;
  private final Visitors visitors;
  private final Questions questions;
  private final Words words = Words.read();
  private final Faults faults = new Faults(words);
  private final Templates templates = new Templates();
  private final Assets assets = new Assets();
  private final Icons icons = new Icons();
  private final Pages pages;

  /// What the pages speak of.
  ///
  /// @param api what programs may ask of the same workspace
  /// @param setup what the workspace is set to, and the file that says it
  /// @param glances what is told of everybody
  /// @param models what its pages of models keep
  /// @param news tells pages that are open
  public record Parts(
      Api.Parts api, Team team, SetupFile setup, Glances glances, ModelDesk models, News news) {}

  public Site(Parts parts) {
    this.parts = parts;
    this.visitors = new Visitors(parts.team().sessions(), parts.setup().setup());
    this.questions = new Questions(parts.api(), LONGEST);
    this.pages = new Pages(this, parts.api().turns(), LONGEST);
    new FramePages(parts.team().people()).add(pages);
    new NewsStream(this, parts.news()).add(pages);
    new EntryPages(this).add(pages);
    new TodayPages(this).add(pages);
    new BehindPages(this).add(pages);
    OverviewPages overview = new OverviewPages(this);
    overview.add(pages);
    new OverviewShares(this, overview).add(pages);
    new DataPages(this).add(pages);
    new ListPages(this).add(pages);
    new SearchPages(this).add(pages);
    new SettingsPages(this).add(pages);
    new ModelPages(this, parts.models()).add(pages);
    new MetricPages(this).add(pages);
    new SegmentPages(this).add(pages);
    new CalculatorPages().add(pages);
    new PathPages(this).add(pages);
    new CampaignPages(this).add(pages);
    new SurveyPages(this).add(pages);
    new GoalParts(this).add(pages);
    new DashboardPages(this).add(pages);
    new JourneyPages(this).add(pages);
    new SupportPages(this).add(pages);
  }

  /// Adds all addresses.
  public void open(RoutesConfig config) {
    assets.into(config);
    pages.into(config);
    config.exception(NotFoundResponse.class, this::missing);
  }

  /// Programs are told in their way, people by a page.
  private void missing(NotFoundResponse e, Context ctx) {
    String accept = ctx.header("Accept");
    if (accept != null && accept.contains("text/html") && !ctx.path().startsWith("/api/")) {
      pages.missing(ctx);
    } else {
      ProblemPages.known(e, ctx);
    }
  }

  /// All addresses, for those who check who may use them.
  public List<Pages.Route> routes() {
    return pages.all();
  }

  /// The addresses in the menu.
  public List<String> navigation() {
    return Navigation.ITEMS.stream().map(Navigation.Item::path).toList();
  }

  /// What pages ask of the workspace.
  public Api.Parts parts() {
    return parts.api();
  }

  public Questions questions() {
    return questions;
  }

  /// Who may use the pages, and how they get in.
  public Team team() {
    return parts.team();
  }

  /// What somebody sees: personal traits from the role of a manager on, and perhaps some accounts
  /// only.
  public Sight sight(Person person) {
    return Sight.of(
        person.accounts(),
        person.email(),
        person.role().allows(Role.MANAGER) ? Set.of() : setup().personal());
  }

  /// What the workspace is set to now.
  public Setup setup() {
    return parts.setup().setup();
  }

  /// The file that says it.
  public SetupFile setupFile() {
    return parts.setup();
  }

  public People people() {
    return parts.team().people();
  }

  public Glances glances() {
    return parts.glances();
  }

  Faults faults() {
    return faults;
  }

  Words words() {
    return words;
  }

  Templates templates() {
    return templates;
  }

  Assets assets() {
    return assets;
  }

  Icons icons() {
    return icons;
  }

  Visitors visitors() {
    return visitors;
  }

  ZoneId zone() {
    return setup().zone();
  }

  Clock clock() {
    return parts.api().clock();
  }

  @Override
  public void close() {
    pages.close();
  }
}
