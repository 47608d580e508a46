package io.pulso.server.app;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.api.Api;
import io.pulso.server.api.Changes;
import io.pulso.server.api.CommandRunner;
import io.pulso.server.door.Busy;
import io.pulso.server.door.Doors;
import io.pulso.server.door.Key;
import io.pulso.server.door.ProblemPages;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.ArrivalCodec;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.Loader;
import io.pulso.server.journal.Journal;
import io.pulso.server.journal.JournalFailed;
import io.pulso.server.journal.JournalFull;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Store;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.jspecify.annotations.Nullable;

/// A workspace that is served: events come in over HTTP, are made durable in the journal, loaded
/// into the store, and scores can be asked for.
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());
  private static final int REMEMBERED_CHANGES = 4096;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final WriteKeys keys;
  private final Tokens tokens;
  private final Javalin web;
  private List<Api.Address> addresses = List.of();

  /// Runs commands of the command line for other processes.
  public interface Commands {
    /// Runs one and gives its exit status.
    ///
    /// @param store the one that this server holds
    int run(
        Store store,
        CommandRunner.Command command,
        OutputStream out,
        OutputStream err,
        Path target);
  }

  /// As the other one, for nobody's commands.
  public Server(Workspace workspace, ServerSettings settings, Clock clock) {
    this(
        workspace,
        settings,
        clock,
        (store, command, out, err, target) -> {
          throw new InputException("this server runs no commands");
        });
  }

  /// Opens everything and begins to listen. Whatever is open is closed again when it fails.
  public Server(Workspace workspace, ServerSettings settings, Clock clock, Commands commands) {
    boolean done = false;
    try {
      Store store = opened(workspace.store());
      keys = new WriteKeys(store, clock);
      tokens = new Tokens(store, clock);
      web = start(workspace, settings, store, clock, commands);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private Javalin start(
      Workspace workspace, ServerSettings settings, Store store, Clock clock, Commands commands) {
    Store loading = opened(store.beside());
    LiveLoad live = loading.live(clock, () -> new Models(workspace, loading).usable(Server::warn));
    Journal journal = opened(journal(workspace, settings, live.position()));
    Totals totals = new Totals();
    Changes changes = new Changes(REMEMBERED_CHANGES);
    ScoreFeed feed =
        opened(new ScoreFeed(workspace, opened(store.beside()), changes, totals::json, clock));
    Loader loader =
        opened(
            new Loader(
                journal,
                live,
                counts -> {
                  totals.loaded(counts);
                  feed.loaded();
                }));
    Uploads uploads = opened(uploads(workspace, settings, store, live, feed, clock));
    Status status = new Status(journal, loader, totals);
    Doors doors =
        new Doors(
            value -> key(keys.find(value), settings),
            arrival -> keep(journal, arrival),
            new Bounds(settings.eventBytes(), settings.requestBytes(), settings.batchEvents()),
            clock,
            context -> address(context, settings.proxies()));
    Api api =
        opened(
            new Api(
                new Api.Parts(
                    store,
                    new NamedModels(workspace),
                    new ModelFolder(workspace),
                    workspace.days(),
                    keys,
                    tokens,
                    status::json,
                    new Metrics(journal, loader, totals, doors.counters())::text,
                    changes,
                    uploads,
                    (command, out, err, target) -> commands.run(store, command, out, err, target),
                    clock)));
    addresses = api.addresses();
    Javalin made =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.router.ignoreTrailingSlashes = false;
          config.startup.showJavalinBanner = false;
          config.http.maxRequestSize = settings.requestBytes() + 1L;
          config.jetty.modifyServer(server -> {
            server.insertHandler(new StatisticsHandler());
            server.setStopTimeout(Duration.ofSeconds(settings.stopSeconds()).toMillis());
          });
          ProblemPages.use(config);
          doors.open(config.routes);
          api.open(config.routes);
        });
    open.push(made::stop);
    opened(changes);
    made.start(settings.host(), settings.port());
    String own = tokens.passing("this machine", Tokens.Scope.ADMIN);
    opened(ServerFile.write(workspace, settings.host(), made.port(), own));
    return made;
  }

  private Uploads uploads(
      Workspace workspace,
      ServerSettings settings,
      Store store,
      LiveLoad live,
      ScoreFeed feed,
      Clock clock) {
    UploadWork work =
        new UploadWork(
            workspace,
            opened(store.beside()),
            clock,
            new UploadWork.Bounds(settings.importMegabytes(), settings.importMinutes()),
            stage -> {
              switch (stage) {
                case BEFORE_COMMIT -> live.storedElsewhere();
                case AFTER_COMMIT -> feed.loaded();
              }
            });
    return new Uploads(workspace, (long) settings.uploadMegabytes() << 20, work, clock);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static Journal journal(Workspace workspace, ServerSettings settings, long loaded) {
    Journal.Settings usual = Journal.Settings.DEFAULT;
    Journal journal =
        Journal.open(
            workspace.folder().resolve("data").resolve("journal"),
            new Journal.Settings(
                usual.segmentBytes(),
                Math.max(usual.largestRecord(), 3 * settings.requestBytes() + 65_536),
                (long) settings.journalMegabytes() << 20,
                usual.mostWaiting()),
            loaded);
    if (journal.recovery().missing() > 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal lacks {0} bytes that the store has loaded: its folder is older than the store",
          journal.recovery().missing());
    }
    if (journal.first() > loaded) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the store lacks {0} bytes of events that the journal no longer has: the store is older",
          journal.first() - loaded);
    }
    return journal;
  }

  private static @Nullable Key key(WriteKeys.@Nullable WriteKey key, ServerSettings settings) {
    if (key == null) {
      return null;
    }
    int rate = key.perMinute() == 0 ? settings.requestsPerMinute() : key.perMinute();
    return key.browser()
        ? Key.browser(key.id(), key.source(), key.origins(), rate)
        : Key.server(key.id(), key.source(), rate);
  }

  private static void keep(Journal journal, Arrival arrival) throws Busy {
    try {
      journal.append(ArrivalCodec.encode(arrival));
    } catch (JournalFull e) {
      throw new Busy("too much waits to be stored; nothing of this request was taken", PAUSE);
    } catch (JournalFailed e) {
      LOG.log(System.Logger.Level.ERROR, "an arrival could not be made durable", e);
      throw new Busy("the journal cannot be written; nothing of this request was taken", PAUSE);
    }
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
