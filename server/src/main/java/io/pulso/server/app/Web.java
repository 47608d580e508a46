package io.pulso.server.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.jspecify.annotations.Nullable;

/// The web server: where it listens, with which certificate, how many connections it has and how
/// long each of them may take.
final class Web implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Web.class.getName());
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  /// Files that others than connections may have open.
  private static final long OTHER_FILES = 512;

  /// Connections that wait to be accepted; with fewer a burst of them waits for a second.
  private static final int QUEUE = 1_024;

  private final Javalin javalin;
  private final SlowSenders slow;
  private final @Nullable Tls tls;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("web-ticks").daemon().factory());
  private final ServerSettings settings;
  private final int port;
  private @Nullable ServerConnector inner;

  /// What listens for others than this machine, or will.
  private @Nullable Outer outer;

  private volatile boolean hereOnly;

  private record Outer(Server server, HttpConfiguration http, ServerConnector connector) {}

  /// Begins to listen.
  ///
  /// @param folder in which relative names of files stand
  /// @param hereOnly whether it listens to this machine alone, until it is opened
  /// @param more what else the server is to be
  Web(ServerSettings settings, Path folder, boolean hereOnly, Consumer<JavalinConfig> more) {
    WebSettings web = settings.web();
    this.settings = settings;
    this.hereOnly = hereOnly && !Hosts.isLoopback(settings.host());
    this.slow = new SlowSenders(Duration.ofSeconds(web.headerSeconds()));
    this.tls =
        web.isTls() ? new Tls(folder.resolve(web.certificate()), folder.resolve(web.key())) : null;
    this.javalin =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.router.ignoreTrailingSlashes = false;
          config.startup.showJavalinBanner = false;
          config.http.maxRequestSize = settings.requestBytes() + 1L;
          config.jetty.addConnector(this::outer);
          if (tls != null) {
            config.jetty.addConnector(this::inner);
          }
          config.jetty.modifyServer(this::server);
          more.accept(config);
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      ticks.shutdownNow();
      throw e;
    }
    port = javalin.port();
    var tick = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    assert !tick.isDone();
  }

  private void server(Server server) {
    server.insertHandler(new StatisticsHandler());
    boolean known = Hosts.areKnown(settings.host(), settings.web().hosts());
    if (known || hereOnly) {
      server.insertHandler(new Hosts(settings.web().hosts(), () -> known || hereOnly));
    }
    server.setStopTimeout(Duration.ofSeconds(settings.stopSeconds()).toMillis());
    server.addBean(new NetworkConnectionLimit(most(settings.web().connections()), server));
  }

  /// As many connections as are wanted and the system allows.
  private static int most(int wanted) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? Math.clamp(system.getMaxFileDescriptorCount() - OTHER_FILES, 10, wanted)
        : wanted;
  }

  private ServerConnector outer(Server server, HttpConfiguration http) {
    ServerConnector made =
        outer(server, http, hereOnly ? LOOPBACK : settings.host(), settings.port());
    outer = new Outer(server, http, made);
    return made;
  }

  private ServerConnector outer(Server server, HttpConfiguration http, String host, int at) {
    Tls secured = tls;
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        secured == null
            ? WatchedEndPoint.connector(server, plain)
            : WatchedEndPoint.connector(
                server,
                new SslConnectionFactory(secured.context(), HttpVersion.HTTP_1_1.asString()),
                plain);
    return listening(connector, host, at);
  }

  /// Where programs of this machine ask a server that otherwise speaks TLS alone.
  private ServerConnector inner(Server server, HttpConfiguration http) {
    ServerConnector connector = WatchedEndPoint.connector(server, new HttpConnectionFactory(http));
    inner = connector;
    return listening(connector, LOOPBACK, 0);
  }

  private ServerConnector listening(ServerConnector connector, String host, int at) {
    connector.setHost(host);
    connector.setPort(at);
    connector.setAcceptQueueSize(QUEUE);
    connector.setIdleTimeout(Duration.ofSeconds(settings.web().idleSeconds()).toMillis());
    connector.addBean(slow);
    return connector;
  }

  private void tick() {
    slow.sweep(System.nanoTime());
    if (tls != null) {
      tls.refresh();
    }
  }

  int port() {
    return port;
  }

  /// Whether it listens to this machine alone though the settings say otherwise.
  boolean isHereOnly() {
    return hereOnly;
  }

  /// Listens where the settings say, at the port that it has. What is under way goes on.
  synchronized void open() {
    Outer here = outer;
    if (!hereOnly || here == null) {
      return;
    }
    ServerConnector wide = outer(here.server(), here.http(), settings.host(), port);
    if (Hosts.isEverywhere(settings.host())) {
      // All addresses are this machine's too.
      here.connector().close();
    }
    try {
      bind(wide);
      here.server().addConnector(wide);
      wide.start();
      hereOnly = false;
    } catch (Exception e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "cannot listen at {0}, start the server again: {1}",
          settings.host(),
          e.toString());
    }
  }

  /// Takes the port as soon as the one before has left it, which takes a moment.
  private static void bind(ServerConnector connector) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        connector.open();
        return;
      } catch (IOException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    }
  }

  boolean isTls() {
    return tls != null;
  }

  /// The port at which programs of this machine may ask without TLS.
  int innerPort() {
    ServerConnector connector = inner;
    return connector == null ? port : connector.getLocalPort();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    javalin.stop();
  }
}
