package io.pulso.server.app;

import io.javalin.http.Context;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.api.Api;
import io.pulso.server.api.Changes;
import io.pulso.server.api.CommandRunner;
import io.pulso.server.api.MetricCatalogue;
import io.pulso.server.api.Publishing;
import io.pulso.server.api.Turns;
import io.pulso.server.door.Doors;
import io.pulso.server.door.Guards;
import io.pulso.server.door.Key;
import io.pulso.server.door.ProblemPages;
import io.pulso.server.edit.Bulk;
import io.pulso.server.edit.Edits;
import io.pulso.server.edit.Trail;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.Loader;
import io.pulso.server.ingest.UserTokens;
import io.pulso.server.journal.Journal;
import io.pulso.server.metric.KeptAnswers;
import io.pulso.server.outgoing.Outgoing;
import io.pulso.server.page.News;
import io.pulso.server.page.Site;
import io.pulso.server.page.model.ModelDesk;
import io.pulso.server.people.People;
import io.pulso.server.people.Sessions;
import io.pulso.server.people.Team;
import io.pulso.server.score.LiveScores;
import io.pulso.server.score.Rosters;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Store;
import io.pulso.server.summary.Glances;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A workspace that is served: events come in over HTTP, are made durable in the journal, loaded
/// into the store, and scores can be asked for.
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());
  private static final int REMEMBERED_CHANGES = 65_536;

  private final Workspace workspace;
  private final ServerSettings settings;
  private final Clock clock;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final WriteKeys keys;
  private final Tokens tokens;
  private final SigningSecrets secrets;
  private final Team team;
  private final Web web;
  private List<Api.Address> addresses = List.of();
  private @Nullable Site site;
  private @Nullable String welcome;

  /// Runs commands of the command line for other processes.
  public interface Commands {
    /// Runs one and gives its exit status.
    ///
    /// @param target where it writes instead of the file that it names
    int run(
        Holder holder,
        CommandRunner.Command command,
        OutputStream out,
        OutputStream err,
        Path target);
  }

  /// What this server gives to commands.
  ///
  /// @param store the one that it holds
  /// @param team the people who may use the pages, as they are in memory
  /// @param changed is told when scores in memory are no longer right
  public record Holder(Store store, Keeper keeper, Team team, Runnable changed) {}

  /// As the other one, for nobody's commands.
  public Server(Workspace workspace, ServerSettings settings, Clock clock) {
    this(
        workspace,
        settings,
        clock,
        (holder, command, out, err, target) -> {
          throw new InputException("this server runs no commands");
        });
  }

  /// Opens everything and begins to listen. Whatever is open is closed again when it fails.
  public Server(Workspace workspace, ServerSettings settings, Clock clock, Commands commands) {
    this.workspace = workspace;
    this.settings = settings;
    this.clock = clock;
    boolean done = false;
    try {
      Store store = opened(NewZone.open(workspace));
      keys = new WriteKeys(opened(store.steady()), clock);
      tokens = new Tokens(opened(store.steady()), clock);
      secrets = new SigningSecrets(opened(store.steady()), workspace.vault(), clock);
      Outgoing outgoing = opened(new Outgoing(settings.people().outgoingHosts()));
      team = Teams.of(workspace, opened(store.steady()), settings.people(), outgoing, clock);
      opened(team.audit());
      opened(team.sessions());
      web = start(store, commands);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private Web start(Store store, Commands commands) {
    Store loading = opened(store.steady());
    LiveModels models = new LiveModels(workspace, loading, clock, Server::warn);
    if (!loading.quality().isApplied()) {
      loading.quality().apply(models::rolledUp);
    }
    LiveScores scores = new LiveScores(loading, clock, models::inForce);
    Changes changes = new Changes(REMEMBERED_CHANGES);
    Totals totals = new Totals();
    News news = new News();
    LiveFeed feed = new LiveFeed(scores, changes, totals, () -> news.tell(News.Kind.RECORDS));
    LiveLoad live = loading.live(clock, models::rolledUp, feed::changed);
    Journal journal = opened(Journals.open(workspace, settings, live.position()));
    Loader loader = opened(new Loader(journal, live, feed));
    Runnable changed =
        () -> {
          scores.forget();
          news.tell(News.Kind.RECORDS);
        };
    Uploads uploads = opened(uploads(store, changed));
    Backlog backlog = new Backlog.OfJournal(journal, loader);
    Keeper keeper = keeper(store, backlog, scores, feed);
    Trail trail = new AuditTrail(team.audit(), store);
    JournalWire wire = new JournalWire(journal, backlog);
    Bulk bulk = opened(new Bulk(wire, trail, clock));
    Holder holder = new Holder(store, keeper, team, changed);
    Doors doors = doors(store, journal);
    Turns turns = new Turns();
    Status status = new Status(journal, loader, totals, store.quality());
    Api.Parts parts =
        new Api.Parts(
            store,
            new NamedModels(workspace),
            scores,
            new Rosters(scores::everybody),
            new ModelFolder(workspace),
            opened(new Publishing(store, clock)),
            workspace.days(),
            keys,
            tokens,
            secrets,
            status::json,
            new Metrics(journal, loader, totals, doors.counters(), store.quality(), turns)::text,
            keeper,
            new Api.Upkeep(
                () -> QualityFile.of(workspace),
                beside -> new Models(workspace, beside).usable(Server::warn),
                scores::forget),
            changes,
            uploads,
            (command, out, err, target) -> commands.run(holder, command, out, err, target),
            new Edits(
                new Edits.Parts(
                    store,
                    wire,
                    beside -> new Models(workspace, beside).usable(Server::warn),
                    feed::adjusted,
                    scores::forget,
                    trail,
                    workspace.days(),
                    clock)),
            bulk,
            turns,
            new MetricCatalogue(
                () -> MetricFiles.of(workspace),
                () -> workspace.settings().weekStart(),
                new KeptAnswers(),
                () -> FunnelFiles.of(workspace)),
            new SegmentFolder(workspace),
            clock);
    Api api = opened(new Api(parts, new Witness(team.audit(), tokens)::saw));
    ModelDesk desk =
        opened(new ModelDesk(parts, ModelTests::run, Runtime.getRuntime().maxMemory() / 4));
    Site pages =
        opened(
            new Site(
                new Site.Parts(
                    parts,
                    team,
                    new SettingsFile(workspace, settings),
                    glances(store, scores, news),
                    desk,
                    news)));
    addresses = api.addresses();
    site = pages;
    Web made =
        opened(
            new Web(
                settings,
                workspace.folder(),
                !team.people().hasAdministrator(),
                config -> {
                  ProblemPages.use(config);
                  doors.open(config.routes);
                  api.open(config.routes);
                  pages.open(config.routes);
                }));
    // Streams end before requests are waited for.
    opened(changes);
    opened(news);
    String own = tokens.passing("this machine", Tokens.Scope.ADMIN);
    String host = made.isTls() || made.isHereOnly() ? "127.0.0.1" : settings.host();
    ServerFile file = opened(ServerFile.write(workspace, host, made.innerPort(), own));
    begin(made, file);
    return made;
  }

  /// Waits for the first administrator where there is none.
  private void begin(Web made, ServerFile file) {
    if (team.people().hasAdministrator()) {
      Teams.forget(workspace);
      return;
    }
    welcome = file.url() + "/welcome/" + team.links().first().value();
    Teams.write(workspace, welcome);
    team.people()
        .whenAdministered(() -> {
          Teams.forget(workspace);
          made.open();
        });
  }

  private Doors doors(Store store, Journal journal) {
    Knowledge knowledge = opened(new Knowledge(() -> workspace.settings().sources(), store));
    return new Doors(
        value -> key(keys.find(value), knowledge),
        arrival -> Journals.keep(journal, arrival),
        new Bounds(settings.eventBytes(), settings.requestBytes(), settings.batchEvents()),
        clock,
        context -> address(context, settings.proxies()),
        new Guards(
            knowledge.census(),
            new UserTokens(secrets::find),
            context -> store.quality().rules().addressFlags(context)));
  }

  private Keeper keeper(Store store, Backlog backlog, LiveScores scores, LiveFeed feed) {
    Store kept = opened(store.steady());
    Keeper keeper =
        new Keeper(
            workspace,
            kept,
            backlog,
            () -> new Models(workspace, kept).usable(Server::warn),
            clock,
            scores::forget,
            feed::objected);
    opened(
        new Nightly(
            clock,
            workspace.settings().zone(),
            () -> workspace.settings().keep().nightlyAt(),
            keeper.overdue(),
            keeper.nightly()));
    open.push(keeper::stop);
    return keeper;
  }

  private Glances glances(Store store, LiveScores scores, News news) {
    Store looking = opened(store.steady());
    ModelLines lines = new ModelLines(workspace, looking, clock, Server::warn);
    return opened(new Glances(looking, scores, lines, clock, () -> news.tell(News.Kind.BOARD)));
  }

  private Uploads uploads(Store store, Runnable changed) {
    UploadWork work =
        new UploadWork(
            workspace,
            opened(store.steady()),
            clock,
            new UploadWork.Bounds(settings.importMegabytes(), settings.importMinutes()),
            changed);
    return new Uploads(workspace, (long) settings.uploadMegabytes() << 20, work, clock);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private @Nullable Key key(WriteKeys.@Nullable WriteKey key, Knowledge knowledge) {
    if (key == null) {
      return null;
    }
    int rate = key.perMinute() == 0 ? settings.requestsPerMinute() : key.perMinute();
    Key found =
        key.browser()
            ? Key.browser(key.id(), key.source(), key.origins(), rate)
            : Key.server(key.id(), key.source(), rate);
    return found.under(knowledge.policy(key.source()));
  }

  private static String address(Context context, List<String> proxies) {
    String direct = context.ip();
    String told = context.header("X-Forwarded-For");
    if (told == null || !proxies.contains(direct)) {
      return direct;
    }
    return told.substring(told.lastIndexOf(',') + 1).strip();
  }

  private static void warn(String what) {
    LOG.log(System.Logger.Level.WARNING, what);
  }

  /// The value of a new key of a source.
  public String key(String source) {
    return keys.create(new WriteKeys.Wanted(source, false, Set.of(), 0), null).value();
  }

  /// The value of a new token that holds as long as the server runs.
  public String token(String name, Tokens.Scope scope) {
    return tokens.passing(name, scope);
  }

  /// The pages.
  public Site site() {
    return Objects.requireNonNull(site);
  }

  /// Who may use the pages.
  public People people() {
    return team.people();
  }

  /// The people of the workspace and their ways in.
  public Team team() {
    return team;
  }

  /// Who has signed in.
  public Sessions sessions() {
    return team.sessions();
  }

  /// The address at which the first administrator begins; null where there was one at the start.
  public @Nullable String welcome() {
    return welcome;
  }

  /// Whether only this machine is answered, since there is no administrator yet.
  public boolean isHereOnly() {
    return web.isHereOnly();
  }

  public boolean isTls() {
    return web.isTls();
  }

  public int port() {
    return web.port();
  }

  List<Api.Address> addresses() {
    return addresses;
  }

  /// Ends requests that are under way, then everything behind them, so that nothing is half
  /// written.
  @Override
  public void close() {
    RuntimeException fault = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        fault = e;
      } catch (Exception e) {
        fault = new IllegalStateException(e);
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
