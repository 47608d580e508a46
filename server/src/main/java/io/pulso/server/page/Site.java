package io.pulso.server.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.pulso.server.api.Api;
import io.pulso.server.api.Questions;
import io.pulso.server.door.ProblemPages;
import io.pulso.server.page.customer.ListPages;
import io.pulso.server.page.overview.OverviewPages;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Sessions;
import io.pulso.server.score.Sight;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/// All pages of a workspace.
public final class Site implements AutoCloseable {
  private final Parts parts;
  private final Visitors visitors;
  private final Questions questions;
  private final Words words = Words.read();
  private final Templates templates = new Templates();
  private final Assets assets = new Assets();
  private final Icons icons = new Icons();
  private final Pages pages = new Pages(this);

  /// What the pages speak of.
  ///
  /// @param api what programs may ask of the same workspace
  /// @param sights what somebody sees of customers and accounts
  public record Parts(
      Api.Parts api,
      People people,
      Sessions sessions,
      Function<Person, Sight> sights,
      ZoneId zone) {}

  public Site(Parts parts) {
    this.parts = parts;
    this.visitors = new Visitors(parts.sessions());
    this.questions = new Questions(parts.api());
    new FramePages(parts.people()).add(pages);
    new OverviewPages(this).add(pages);
    new ListPages(this).add(pages);
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

  /// What somebody sees of customers and accounts.
  public Sight sight(Person person) {
    return parts.sights().apply(person);
  }

  public People people() {
    return parts.people();
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
    return parts.zone();
  }

  Clock clock() {
    return parts.api().clock();
  }

  @Override
  public void close() {
    pages.close();
  }
}
