package io.pulso.server.app;

import io.javalin.http.Context;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.api.Api;
import io.pulso.server.door.Busy;
import io.pulso.server.door.Doors;
import io.pulso.server.door.Guards;
import io.pulso.server.door.Key;
import io.pulso.server.door.ProblemPages;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.ArrivalCodec;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.Loader;
import io.pulso.server.ingest.UserTokens;
import io.pulso.server.journal.Journal;
import io.pulso.server.journal.JournalFailed;
import io.pulso.server.journal.JournalFull;
import io.pulso.server.score.LiveScores;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A workspace that is served: events come in over HTTP, are made durable in the journal, loaded
/// into the store, and scores can be asked for.
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final WriteKeys keys;
  private final Tokens tokens;
  private final SigningSecrets secrets;
  private final Web web;
  private List<Api.Address> addresses = List.of();

  /// Opens everything and begins to listen. Whatever is open is closed again when it fails.
  public Server(Workspace workspace, ServerSettings settings, Clock clock) {
    boolean done = false;
    try {
      Store store = opened(workspace.store());
      keys = new WriteKeys(opened(store.steady()), clock);
      tokens = new Tokens(opened(store.steady()), clock);
      secrets = new SigningSecrets(opened(store.steady()), workspace.vault(), clock);
      web = start(workspace, settings, store, clock);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private Web start(Workspace workspace, ServerSettings settings, Store store, Clock clock) {
    Store loading = opened(store.steady());
    LiveModels models = new LiveModels(workspace, loading, clock, Server::warn);
    if (!loading.quality().isApplied()) {
      loading.quality().apply(models::rolledUp);
    }
    LiveScores scores = new LiveScores(loading, clock, models::inForce);
    LiveLoad live = loading.live(clock, models::rolledUp, scores::apply);
    Journal journal = opened(journal(workspace, settings, live.position()));
    Totals totals = new Totals();
    Loader loader = opened(new Loader(journal, live, new Follower(totals, scores)));
    Store kept = opened(store.steady());
    Keeper keeper =
        new Keeper(
            workspace,
            kept,
            new Backlog.OfJournal(journal, loader),
            () -> new Models(workspace, kept).usable(Server::warn),
            clock,
            scores::forget);
    opened(
        new Nightly(
            clock,
            workspace.settings().zone(),
            workspace.settings().keep().nightlyAt(),
            keeper.overdue(),
            keeper.nightly()));
    Status status = new Status(journal, loader, totals, store.quality());
    Knowledge knowledge = opened(new Knowledge(workspace.settings().sources(), store));
    Doors doors =
        new Doors(
            value -> key(keys.find(value), settings, knowledge),
            arrival -> keep(journal, arrival),
            new Bounds(settings.eventBytes(), settings.requestBytes(), settings.batchEvents()),
            clock,
            context -> address(context, settings.proxies()),
            new Guards(knowledge.census(), new UserTokens(secrets::find)));
    Api api =
        new Api(
            new Api.Parts(
                store,
                (beside, name, version, day) -> named(workspace, beside).find(name, version, day),
                beside -> new Models(workspace, beside).everything(),
                scores,
                workspace.days(),
                keys,
                tokens,
                secrets,
                status::json,
                new Metrics(journal, loader, totals, doors.counters(), store.quality())::text,
                keeper,
                new Api.Upkeep(
                    () -> QualityFile.of(workspace),
                    beside -> new Models(workspace, beside).usable(Server::warn)),
                clock));
    addresses = api.addresses();
    Web made =
        opened(
            new Web(
                settings,
                workspace.folder(),
                config -> {
                  ProblemPages.use(config);
                  doors.open(config.routes);
                  api.open(config.routes);
                }));
    String own = tokens.passing("this machine", Tokens.Scope.ADMIN);
    String host = made.isTls() ? "127.0.0.1" : settings.host();
    opened(ServerFile.write(workspace, host, made.innerPort(), own));
    return made;
  }

  /// Counts what is loaded, and keeps scores in memory up to date.
  private record Follower(Totals totals, LiveScores scores) implements Loader.Listener {
    @Override
    public void loaded(Map<String, LiveLoad.Counts> bySource) {
      totals.loaded(bySource);
      scores.renew();
    }

    @Override
    public void idle() {
      scores.renew();
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  static Path journalFolder(Workspace workspace) {
    return workspace.folder().resolve("data").resolve("journal");
  }

  static Journal journal(Workspace workspace, ServerSettings settings, long loaded) {
    Journal.Settings usual = Journal.Settings.DEFAULT;
    Journal journal =
        Journal.open(
            journalFolder(workspace),
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

  /// Models by name alone: programs do not name files of the server.
  private static Models named(Workspace workspace, Store store) {
    return new Models(workspace, store) {
      @Override
      public io.pulso.server.score.InUse find(
          @Nullable String wanted, @Nullable Integer version, int day) {
        if (wanted != null && (wanted.contains("/") || wanted.endsWith(".yaml"))) {
          throw new InputException("there is no model '%s'".formatted(wanted));
        }
        return super.find(wanted, version, day);
      }
    };
  }

  private static @Nullable Key key(
      WriteKeys.@Nullable WriteKey key, ServerSettings settings, Knowledge knowledge) {
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
