package io.pulso.server.page;

import gg.jte.output.Utf8ByteOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.ModelException;
import io.pulso.server.api.Cost;
import io.pulso.server.api.Desk;
import io.pulso.server.api.Turns;
import io.pulso.server.event.InputException;
import io.pulso.server.people.Role;
import io.pulso.server.people.Session;
import io.pulso.server.store.DiskFull;
import io.pulso.server.store.NobodyWaits;
import io.pulso.server.store.StoreBusy;
import io.pulso.server.store.TooSlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses of the pages, who may open each, and what becomes of faults.
public final class Pages implements AutoCloseable {
  private static final int MOST_AT_ONCE = 64;
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
          + "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
          + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String SIGN_IN = "/sign-in";

  private final Site site;
  private final List<Route> routes = new ArrayList<>();
  private final Turns turns;
  private final Desk desk;

  /// Answers a request.
  public interface Showing {
    Shown show(Visit visit) throws IOException;
  }

  /// One address.
  ///
  /// @param least who may use it; null for everybody, signed in or not
  /// @param streams whether it goes on until its reader leaves
  public record Route(
      String method, String path, @Nullable Role least, boolean streams, Showing showing) {
    Route(String method, String path, @Nullable Role least, Showing showing) {
      this(method, path, least, false, showing);
    }
  }

  /// @param longest that the store may take for a page
  Pages(Site site, Turns turns, Duration longest) {
    this.site = site;
    this.turns = turns;
    this.desk = new Desk(MOST_AT_ONCE, turns, longest);
  }

  /// What can be read.
  public void get(String path, Role least, Showing showing) {
    routes.add(new Route("GET", path, least, showing));
  }

  /// What changes something.
  public void post(String path, Role least, Showing showing) {
    routes.add(new Route("POST", path, least, showing));
  }

  /// What goes on until its reader leaves, and asks nothing of the database.
  void stream(String path, Role least, Showing showing) {
    routes.add(new Route("GET", path, least, true, showing));
  }

  /// What everybody can read, signed in or not.
  public void open(String path, Showing showing) {
    routes.add(new Route("GET", path, null, showing));
  }

  /// What everybody can change, signed in or not.
  public void openPost(String path, Showing showing) {
    routes.add(new Route("POST", path, null, showing));
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  void into(RoutesConfig config) {
    for (Route route : routes) {
      config.addEndpoint(
          new Endpoint(
              HandlerType.findOrCreate(route.method()), route.path(), ctx -> take(route, ctx)));
    }
  }

  private void take(Route route, Context ctx) throws Exception {
    if (route.streams()) {
      answer(route, ctx);
      return;
    }
    Cost cost = Cost.of(route.method(), route.path(), name -> isGiven(ctx.queryParam(name)));
    Session session = cost == Cost.HEAVY ? site.visitors().watch(ctx) : null;
    boolean answered =
        desk.run(
            ctx,
            cost,
            session == null ? null : "person " + session.person().id(),
            () -> {
              answer(route, ctx);
              return null;
            });
    if (!answered) {
      headers(ctx);
      ctx.header("Retry-After", "2");
      fault(new Visit(ctx, site, session), 429, "turns", null);
    }
  }

  private static boolean isGiven(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  private void answer(Route route, Context ctx) {
    headers(ctx);
    Session session = site.visitors().find(ctx);
    Visit visit = new Visit(ctx, site, session);
    try {
      if (!site.visitors().isOurs(ctx, session)) {
        fault(visit, 403, "foreign", null);
      } else if (route.least() == null || visit.may(route.least())) {
        send(visit, route.showing().show(visit));
      } else if (session == null) {
        signIn(visit);
      } else {
        fault(visit, 403, "role", null);
      }
    } catch (Missing e) {
      fault(visit, 404, "missing", null);
    } catch (NobodyWaits e) {
      turns.abandon();
      ctx.status(Turns.LEFT);
    } catch (StoreBusy | DiskFull e) {
      ctx.header("Retry-After", "2");
      fault(visit, 503, "busy", e.getMessage());
    } catch (TooSlow e) {
      fault(visit, 503, "slow", null);
    } catch (InputException e) {
      fault(visit, 400, "input", e.getMessage());
    } catch (ModelException e) {
      fault(visit, 400, "input", String.join("\n", e.faults()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void headers(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header("Cache-Control", "no-store");
  }

  private void signIn(Visit visit) throws IOException {
    Context ctx = visit.context();
    if (visit.isFragment()) {
      ctx.status(401).header("HX-Redirect", SIGN_IN);
    } else if (ctx.method().equals(HandlerType.GET) && !ctx.path().equals("/")) {
      String query = ctx.queryString();
      String back = ctx.path() + (query == null ? "" : "?" + query);
      send(visit, Shown.redirect(SIGN_IN + "?to=" + Visit.encode(back)));
    } else {
      send(visit, Shown.redirect(SIGN_IN));
    }
  }

  private void fault(Visit visit, int status, String kind, @Nullable String detail) {
    try {
      send(visit, refused(visit, status, kind, detail));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shown refused(Visit visit, int status, String kind, @Nullable String detail) {
    String template = visit.isFragment() ? "frame/fault-part" : "frame/fault";
    return new Shown.View(status, template, new Fault(status, kind, detail));
  }

  /// What is said instead of an answer.
  static Shown refused(Visit visit, int status, String kind) {
    return refused(visit, status, kind, null);
  }

  /// What a person is told when nothing else can be shown.
  ///
  /// @param kind names its texts
  public record Fault(int status, String kind, @Nullable String detail) {}

  private void send(Visit visit, Shown shown) throws IOException {
    Context ctx = visit.context();
    switch (shown) {
      case Shown.View view -> {
        Utf8ByteOutput out = site.templates().render(view, visit);
        ctx.status(view.status()).contentType(HTML).result(out.toByteArray());
      }
      case Shown.Redirect(String to) -> {
        if (visit.isFragment()) {
          ctx.status(204).header("HX-Redirect", to);
        } else {
          ctx.status(303).header("Location", to);
        }
      }
      case Shown.Data(var json) ->
          ctx.status(200)
              .contentType(JSON)
              .result(JsonText.write(json).getBytes(StandardCharsets.UTF_8));
      case Shown.Download(String name, String type, Shown.Writing writing) -> {
        ctx.status(200).contentType(type);
        ctx.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        writing.write(ctx.outputStream());
      }
      case Shown.Stream(Runnable sending) -> sending.run();
    }
  }

  /// Shows that nothing is at an address.
  void missing(Context ctx) {
    headers(ctx);
    fault(new Visit(ctx, site, site.visitors().find(ctx)), 404, "missing", null);
  }

  @Override
  public void close() {
    desk.close();
  }
}
