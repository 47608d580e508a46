package io.pulso.server.cli;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/// A server that runs until the process is asked to end; then it stops in good order.
final class Serving implements AutoCloseable {
  private final Server server;
  private final String host;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private Serving(Console console, Server server, String host) {
    this.server = server;
    this.host = host;
    this.hook =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(() -> {
              console.note("stopping ...");
              asked.countDown();
              await(closed);
            });
  }

  static Serving start(Console console, Workspace workspace, ServerSettings settings, Clock clock) {
    Serving serving =
        new Serving(
            console,
            new Server(workspace, settings, clock, new HeldCommands(workspace)),
            settings.host());
    Runtime.getRuntime().addShutdownHook(serving.hook);
    return serving;
  }

  Server server() {
    return server;
  }

  String address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return (server.isTls() ? "https://" : "http://") + name + ":" + server.port();
  }

  /// Waits until the process is asked to end.
  void untilStopped() throws InterruptedException {
    asked.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      closed.countDown();
    }
  }
}
