package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.ModelFile;
import io.pulso.server.event.InputException;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Publishes models one after another: what an activity counts is read from the events first, so
/// that the new version scores at once when it comes into force.
public final class Publishing implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;
  private static final int REMEMBERED = 100;

  private final Store store;
  private final Clock clock;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("publish").daemon().factory());
  private final Map<String, State> states = new LinkedHashMap<>();

  public Publishing(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// How far the last publication of a model is.
  ///
  /// @param done parts of the events that were read
  /// @param fault why it failed; null where it did not
  public record State(boolean ended, int done, int of, @Nullable String fault) {
    Json.Obj json() {
      String word = fault != null ? "failed" : ended ? "done" : "reading";
      return new Answer()
          .put("state", word)
          .put("parts_read", done)
          .put("parts", of)
          .put("fault", fault)
          .json();
    }
  }

  /// The model is being published already.
  public static final class UnderWay extends InputException {
    private static final long serialVersionUID = 1L;

    UnderWay(String model) {
      super("the model '%s' is being published already".formatted(model));
    }
  }

  /// Why a model is published, and by whom.
  public record Why(String author, String note) {}

  public synchronized @Nullable State state(String model) {
    return states.get(model);
  }

  private synchronized void state(String model, State state) {
    states.put(model, state);
    if (states.size() > REMEMBERED) {
      states.remove(states.keySet().iterator().next());
    }
  }

  /// Publishes, and gives the version; null where that takes longer than a moment and goes on.
  public ModelVersions.@Nullable Version publish(ModelFile file, String text, Why why) {
    String name = file.model().name();
    State before = state(name);
    if (before != null && !before.ended()) {
      throw new UnderWay(name);
    }
    state(name, new State(false, 0, 1, null));
    CompletableFuture<ModelVersions.Version> made =
        CompletableFuture.supplyAsync(() -> publishNow(file, text, why), worker);
    try {
      return made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
  }

  private ModelVersions.Version publishNow(ModelFile file, String text, Why why) {
    String name = file.model().name();
    String fault = "it was stopped";
    try (Store own = store.beside()) {
      ModelVersions.Version version =
          own.publish(
              file.model(),
              text,
              why.author(),
              clock.instant(),
              why.note(),
              (done, of) -> state(name, new State(false, done, of, null)));
      fault = null;
      return version;
    } catch (StoreException e) {
      fault = "the store failed; the server's log has more";
      throw e;
    } finally {
      State last = state(name);
      state(
          name,
          new State(true, last == null ? 0 : last.done(), last == null ? 1 : last.of(), fault));
    }
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
