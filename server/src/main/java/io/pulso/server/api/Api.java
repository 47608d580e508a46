package io.pulso.server.api;

import io.javalin.config.RoutesConfig;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.edit.Bulk;
import io.pulso.server.edit.Edits;
import io.pulso.server.score.LiveScores;
import io.pulso.server.score.Rosters;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API under `/api/v1`: what a program may ask and change.
public final class Api implements AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /// How long the store may take for an answer.
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final Parts parts;
  private final Routes routes;

  /// What the API speaks of.
  ///
  /// @param store the store; every request has a connection of its own
  /// @param models finds the model that is meant
  /// @param live today's scores
  /// @param rosters everybody with their scores, to list
  /// @param shelf the files of models
  /// @param publishing makes versions of them
  /// @param status tells how the server is doing
  /// @param changes what the stream tells
  /// @param imports files that programs send
  /// @param commands runs commands of other processes
  /// @param metrics the same in numbers, for Prometheus
  /// @param keeping forgets people and makes backups
  /// @param quality what judging records again needs
  /// @param edits changes one customer or account
  /// @param bulk changes many of them
  /// @param turns of those who read heavily
  /// @param catalogue which metrics there are
  /// @param segments the files of segments
  public record Parts(
      Store store,
      ModelFinder models,
      LiveScores live,
      Rosters rosters,
      ModelShelf shelf,
      Publishing publishing,
      LocalDays days,
      WriteKeys keys,
      Tokens tokens,
      SigningSecrets secrets,
      Supplier<Json.Obj> status,
      Supplier<String> metrics,
      Keeping keeping,
      Upkeep quality,
      Changes changes,
      ImportJobs imports,
      CommandRunner commands,
      Edits edits,
      Bulk bulk,
      Turns turns,
      MetricCatalogue catalogue,
      SegmentShelf segments,
      Clock clock) {}

  /// What judging records again needs.
  ///
  /// @param rules reads the quality rules of the workspace
  /// @param models those whose roll-ups are kept up to date
  /// @param changed is told when stored records are judged otherwise than before
  public record Upkeep(
      Supplier<QualityRules> rules, Function<Store, List<Model>> models, Runnable changed) {}

  /// An address of the API.
  ///
  /// @param path with the names of its parts in braces
  /// @param scope that a token needs; null for everybody
  public record Address(String method, String path, @Nullable Scope scope) {}

  /// Is told what programs changed, or took with them.
  public interface Witness {
    /// Is told of one request that was answered.
    ///
    /// @param path with the names of its parts in braces
    void saw(String method, String path, Tokens.Token token, String address);
  }

  public Api(Parts parts, Witness witness) {
    this.parts = parts;
    this.routes = new Routes(parts.tokens(), parts.turns(), witness);
    routes.open("/health/live", call -> new Answer().put("live", true).json());
    routes.open("/health/ready", call -> ready());
    routes.text("/metrics", new Routes.Right(Scope.READ, true), PROMETHEUS, parts.metrics());
    String contract = contract();
    routes.text(
        "/api/v1/openapi.yaml",
        new Routes.Right(null, false),
        "application/yaml; charset=utf-8",
        () -> contract);
    routes.get("/api/v1/status", Scope.READ, call -> parts.status().get());
    Questions questions = new Questions(parts, LONGEST);
    CoverageRoutes coverage = new CoverageRoutes(parts);
    coverage.add(routes);
    new ListRoutes(questions, parts.rosters(), parts.segments()).add(routes);
    new DetailRoutes(questions).add(routes);
    new TimelineRoutes(questions).add(routes);
    new CustomerRoutes(parts, coverage).add(routes);
    new ModelRoutes(parts, questions, parts.publishing()).add(routes);
    new ProposeRoutes(parts, questions).add(routes);
    new MetricRoutes(questions, parts.catalogue(), parts.segments()).add(routes);
    new GoalRoutes(parts, questions).add(routes);
    new DashboardRoutes(parts).add(routes);
    new CommentRoutes(questions).add(routes);
    new PathRoutes(questions, parts.catalogue()).add(routes);
    new SegmentRoutes(parts, questions).add(routes);
    new JourneyRoutes(questions, parts.catalogue(), parts.segments(), parts.clock()).add(routes);
    new HighScorerRoutes(questions, parts.rosters()).add(routes);
    new StreamRoutes(parts.changes(), parts.tokens()).add(routes);
    new ImportRoutes(parts.imports()).add(routes);
    new ExportRoutes(parts, questions).add(routes);
    new CommandRoutes(parts.commands()).add(routes);
    new KeyRoutes(parts).add(routes);
    new TokenRoutes(parts).add(routes);
    new SecretRoutes(parts).add(routes);
    new RejectedRoutes(parts).add(routes);
    new KeepRoutes(parts).add(routes);
    new ProcessingRoutes(parts).add(routes);
    new QualityRoutes(parts).add(routes);
    new EditRoutes(parts, questions).add(routes);
    new BulkRoutes(parts.bulk(), questions, parts.rosters()).add(routes);
  }

  private static String contract() {
    try (InputStream in = Api.class.getResourceAsStream("openapi.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds all addresses.
  public void open(RoutesConfig config) {
    routes.into(config);
    ContractPage.into(config);
  }

  public List<Address> addresses() {
    return routes.all().stream()
        .map(route -> new Address(route.method(), route.path(), route.right().scope()))
        .toList();
  }

  /// Ends what goes on beside requests.
  @Override
  public void close() {
    routes.close();
  }

  private Json.Obj ready() {
    if (parts.status().get().fields().get("ready") instanceof Json.Bool(boolean ready) && ready) {
      return new Answer().put("ready", true).json();
    }
    throw new Refused(503, "events are taken, but cannot be loaded at the moment");
  }
}
