package io.pulso.server.cli;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Starting;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.StoreHeld;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// A server that runs until the process is asked to end; then it stops in good order.
final class Serving implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);

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
    Starting starting = Starting.of(workspace);
    try {
      Serving serving = new Serving(console, server(workspace, settings, clock), settings.host());
      Runtime.getRuntime().addShutdownHook(serving.hook);
      return serving;
    } finally {
      starting.close();
    }
  }

  /// A server; a command that has the store open is waited for.
  private static Server server(Workspace workspace, ServerSettings settings, Clock clock) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return new Server(workspace, settings, clock, new HeldCommands(workspace));
      } catch (StoreHeld e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  Server server() {
    return server;
  }

  String address() {
    String at = server.isHereOnly() ? "127.0.0.1" : host;
    String name = at.contains(":") ? "[" + at + "]" : at;
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
