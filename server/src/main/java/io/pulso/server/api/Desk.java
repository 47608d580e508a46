package io.pulso.server.api;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Threads of the operating system on which questions are answered. The database holds the thread
/// that asks it; were that the one of a request, a few questions would hold up all requests.
public final class Desk implements AutoCloseable {
  private final Semaphore places;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("api-", 0).daemon().factory());

  /// @param most questions that are answered at once; more wait
  public Desk(int most) {
    this.places = new Semaphore(most);
  }

  /// Does something there, and waits for its end.
  public void run(Callable<Void> work) throws Exception {
    places.acquire();
    try {
      Future<Void> done = threads.submit(work);
      try {
        done.get();
      } catch (InterruptedException e) {
        boolean stopped = done.cancel(true);
        assert stopped || done.isDone();
        throw e;
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } finally {
      places.release();
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
