package io.pulso.server.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private @Nullable ServerConnector inner;

  /// Begins to listen.
  ///
  /// @param folder in which relative names of files stand
  /// @param more what else the server is to be
  Web(ServerSettings settings, Path folder, Consumer<JavalinConfig> more) {
    WebSettings web = settings.web();
    this.slow = new SlowSenders(Duration.ofSeconds(web.headerSeconds()));
    this.tls =
        web.isTls() ? new Tls(folder.resolve(web.certificate()), folder.resolve(web.key())) : null;
    this.javalin =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.router.ignoreTrailingSlashes = false;
          config.startup.showJavalinBanner = false;
          config.http.maxRequestSize = settings.requestBytes() + 1L;
          config.jetty.addConnector((server, http) -> outer(server, http, settings));
          if (tls != null) {
            config.jetty.addConnector((server, http) -> inner(server, http, settings));
          }
          config.jetty.modifyServer(server -> server(server, settings));
          more.accept(config);
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      ticks.shutdownNow();
      throw e;
    }
    var tick = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    assert !tick.isDone();
  }

  private static void server(Server server, ServerSettings settings) {
    server.insertHandler(new StatisticsHandler());
    if (Hosts.areKnown(settings.host(), settings.web().hosts())) {
      server.insertHandler(new Hosts(settings.web().hosts()));
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

  private ServerConnector outer(Server server, HttpConfiguration http, ServerSettings settings) {
    Tls secured = tls;
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        secured == null
            ? new ServerConnector(server, plain)
            : new ServerConnector(
                server,
                new SslConnectionFactory(secured.context(), HttpVersion.HTTP_1_1.asString()),
                plain);
    return listening(connector, settings.host(), settings.port(), settings);
  }

  /// Where programs of this machine ask a server that otherwise speaks TLS alone.
  private ServerConnector inner(Server server, HttpConfiguration http, ServerSettings settings) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    inner = connector;
    return listening(connector, InetAddress.getLoopbackAddress().getHostAddress(), 0, settings);
  }

  private ServerConnector listening(
      ServerConnector connector, String host, int port, ServerSettings settings) {
    connector.setHost(host);
    connector.setPort(port);
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
    return javalin.port();
  }

  boolean isTls() {
    return tls != null;
  }

  /// The port at which programs of this machine may ask without TLS.
  int innerPort() {
    ServerConnector connector = inner;
    return connector == null ? port() : connector.getLocalPort();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    javalin.stop();
  }
}
