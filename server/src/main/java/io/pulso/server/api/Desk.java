package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.server.store.Asker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Threads of the operating system on which questions are answered. The database holds the thread
/// that asks it; were that the one of a request, a few questions would hold up all requests.
public final class Desk implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Semaphore places;
  private final Turns turns;
  private final Duration longest;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("api-", 0).daemon().factory());

  /// @param most questions that are answered at once; more wait
  /// @param turns of those who read heavily
  /// @param longest that the store may take for a read
  public Desk(int most, Turns turns, Duration longest) {
    this.places = new Semaphore(most);
    this.turns = turns;
    this.longest = longest;
  }

  /// Does there what a request asks for, and waits for its end; false where somebody has no turn
  /// left.
  ///
  /// @param who asks; null for nobody, who gets no heavy answer
  public boolean run(Context ctx, Cost cost, @Nullable String who, Callable<Void> work)
      throws Exception {
    if (cost == Cost.CHANGE) {
      run(work, () -> {});
      return true;
    }
    Presence presence = Presence.of(ctx);
    if (cost == Cost.READ || who == null) {
      read(presence, work);
      return true;
    }
    try (Turns.Turn turn = turns.take(who, presence)) {
      if (turn != null) {
        read(presence, work);
      }
      return turn != null;
    }
  }

  private void read(Presence presence, Callable<Void> work) throws Exception {
    Asker asker = new Asker(longest);
    run(
        () -> asker.ask(work),
        () -> {
          if (presence.isGone()) {
            asker.leave();
          }
        });
  }

  private void run(Callable<Void> work, Runnable look) throws Exception {
    places.acquire();
    try {
      await(threads.submit(work), look);
    } finally {
      places.release();
    }
  }

  private static void await(Future<Void> done, Runnable look) throws Exception {
    try {
      while (!isDone(done)) {
        look.run();
      }
    } catch (InterruptedException e) {
      boolean stopped = done.cancel(true);
      assert stopped || done.isDone();
      throw e;
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  private static boolean isDone(Future<Void> done) throws InterruptedException, ExecutionException {
    try {
      done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static Exception cause(ExecutionException e) {
    return switch (e.getCause()) {
      case Exception fault -> fault;
      case Error fault -> throw fault;
      case null, default -> e;
    };
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
