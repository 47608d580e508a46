package io.pulso.server.api;

import io.javalin.config.RoutesConfig;
import io.pulso.engine.json.Json;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API under `/api/v1`: what a program may ask and change.
public final class Api {
  private final Parts parts;
  private final Routes routes;

  /// What the API speaks of.
  ///
  /// @param store the store; every request has a connection of its own
  /// @param models finds the model that is meant
  /// @param everything gives all models
  /// @param status tells how the server is doing
  public record Parts(
      Store store,
      ModelFinder models,
      Function<Store, List<InUse>> everything,
      LocalDays days,
      WriteKeys keys,
      Tokens tokens,
      Supplier<Json.Obj> status,
      Clock clock) {}

  /// Finds the model that is meant.
  public interface ModelFinder {
    /// Finds it.
    ///
    /// @param name null for the workspace's only or default model
    /// @param version null for the one in force on the day
    InUse find(Store store, @Nullable String name, @Nullable Integer version, int day);
  }

  public Api(Parts parts) {
    this.parts = parts;
    this.routes = new Routes(parts.tokens());
  }

  /// Adds all addresses.
  public void open(RoutesConfig config) {
    routes.open("GET", "/health/live", call -> new Answer().put("live", true).json());
    routes.open("GET", "/health/ready", call -> ready());
    routes.get("/api/v1/status", Scope.READ, call -> parts.status().get());
    new CustomerRoutes(parts).add(routes);
    new ModelRoutes(parts).add(routes);
    new KeyRoutes(parts).add(routes);
    new TokenRoutes(parts).add(routes);
    new RejectedRoutes(parts).add(routes);
    routes.into(config);
  }

  private Json.Obj ready() {
    if (parts.status().get().fields().get("ready") instanceof Json.Bool(boolean ready) && ready) {
      return new Answer().put("ready", true).json();
    }
    throw new Refused(503, "events are taken, but cannot be loaded at the moment");
  }
}
