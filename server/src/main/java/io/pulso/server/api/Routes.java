package io.pulso.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.ModelException;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.edit.Bulk;
import io.pulso.server.event.InputException;
import io.pulso.server.store.DiskFull;
import io.pulso.server.store.NobodyWaits;
import io.pulso.server.store.StoreBusy;
import io.pulso.server.store.TooSlow;
import io.pulso.server.store.Unknown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/// The addresses of the API, who may use each, and what becomes of faults.
final class Routes implements AutoCloseable {
  private static final int MOST_AT_ONCE = 256;
  private static final String PROBLEM = "application/problem+json";
  private static final String JSON = "application/json";
  private static final String BEARER = "bearer ";
  private static final String RETRY_AFTER = "2";

  private final Tokens tokens;
  private final Api.Witness witness;
  private final List<Route> routes = new ArrayList<>();
  private final Turns turns;
  private final Desk desk;

  /// Answers a request.
  interface Answering {
    Json answer(Call call);
  }

  /// Answers a request in full: status, type and body.
  interface Responding {
    void respond(Call call, Context ctx) throws IOException;
  }

  /// One address.
  ///
  /// @param right who may use it
  /// @param streams whether it goes on until its reader leaves
  record Route(String method, String path, Right right, boolean streams, Responding responding) {}

  /// Who may use an address.
  ///
  /// @param scope that a token needs; null for everybody
  /// @param loopback whether programs of this machine need no token
  record Right(@Nullable Scope scope, boolean loopback) {}

  Routes(Tokens tokens, Turns turns, Api.Witness witness) {
    this.tokens = tokens;
    this.turns = turns;
    this.desk = new Desk(MOST_AT_ONCE, turns, Api.LONGEST);
    this.witness = witness;
  }

  void open(String path, Answering answering) {
    json("GET", path, null, 200, answering);
  }

  void get(String path, Scope scope, Answering answering) {
    json("GET", path, scope, 200, answering);
  }

  void post(String path, Scope scope, int status, Answering answering) {
    json("POST", path, scope, status, answering);
  }

  void delete(String path, Scope scope, Answering answering) {
    json("DELETE", path, scope, 200, answering);
  }

  void put(String path, Scope scope, Answering answering) {
    json("PUT", path, scope, 200, answering);
  }

  /// Something else than JSON.
  void text(String path, Right right, String type, Supplier<String> text) {
    raw("GET", path, right, (call, ctx) -> write(ctx, 200, type, text.get()));
  }

  /// A file that is sent as it is made.
  void download(String path, Scope scope, String type, Function<Call, Keeping.Download> file) {
    raw(
        "GET",
        path,
        new Right(scope, false),
        (call, ctx) -> {
          try (Keeping.Download made = file.apply(call)) {
            ctx.status(200).contentType(type);
            made.write(ctx.outputStream());
          }
        });
  }

  /// What writes its answer itself.
  void raw(String method, String path, Right right, Responding responding) {
    routes.add(new Route(method, path, right, false, responding));
  }

  /// What goes on until its reader leaves, and asks nothing of the database.
  void stream(String path, Right right, Responding responding) {
    routes.add(new Route("GET", path, right, true, responding));
  }

  private void json(
      String method, String path, @Nullable Scope scope, int status, Answering answering) {
    raw(
        method,
        path,
        new Right(scope, false),
        (call, ctx) -> json(ctx, status, answering.answer(call)));
  }

  static void json(Context ctx, int status, Json answer) {
    write(ctx, status, JSON, JsonText.write(answer));
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
    boolean answered =
        desk.run(
            ctx,
            cost,
            who(ctx),
            () -> {
              answer(route, ctx);
              return null;
            });
    if (!answered) {
      ctx.header("Cache-Control", "no-store");
      ctx.header("Retry-After", RETRY_AFTER);
      problem(
          ctx,
          429,
          "a token has at most %d heavy reads at once, and %d more that wait"
              .formatted(Turns.MOST, Turns.WAITING));
    }
  }

  private static boolean isGiven(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /// Whose turn a request takes: that of its token.
  private @Nullable String who(Context ctx) {
    String authorization = ctx.header("Authorization");
    Tokens.Token token = authorization == null ? null : token(authorization);
    return token == null ? null : "token " + token.id();
  }

  private void answer(Route route, Context ctx) {
    ctx.header("Cache-Control", "no-store");
    try {
      Tokens.Token token = allow(route.right(), ctx);
      route.responding().respond(new Call(ctx, token), ctx);
      if (token != null) {
        witness.saw(route.method(), route.path(), token, ctx.ip());
      }
    } catch (EofException e) {
      problem(ctx, 400, "the request ended before its body was whole");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Refused e) {
      e.headers().forEach(ctx::header);
      problem(ctx, e.status(), String.valueOf(e.getMessage()));
    } catch (NobodyWaits e) {
      turns.abandon();
      ctx.status(Turns.LEFT);
    } catch (StoreBusy | DiskFull e) {
      ctx.header("Retry-After", RETRY_AFTER);
      problem(ctx, 503, String.valueOf(e.getMessage()));
    } catch (Unknown e) {
      problem(ctx, 404, String.valueOf(e.getMessage()));
    } catch (Bulk.OtherCount e) {
      problem(ctx, 409, String.valueOf(e.getMessage()));
    } catch (TooSlow e) {
      problem(ctx, 503, String.valueOf(e.getMessage()));
    } catch (InputException e) {
      problem(ctx, 400, String.valueOf(e.getMessage()));
    } catch (ModelException e) {
      problem(ctx, 400, String.join("\n", e.faults()));
    }
  }

  /// The token that was shown; null where none is needed.
  private Tokens.@Nullable Token allow(Right right, Context ctx) {
    String authorization = ctx.header("Authorization");
    Scope needed = right.scope();
    if (needed == null || (right.loopback() && authorization == null && Loopback.sent(ctx.req()))) {
      return null;
    }
    Tokens.Token token = authorization == null ? null : token(authorization);
    if (token == null) {
      throw new Refused(
          401,
          "give a token that holds as `Authorization: Bearer …`; `pulso token create` makes one");
    }
    if (!token.scope().allows(needed)) {
      throw new Refused(
          403,
          "this token may %s, but here it must be able to %s"
              .formatted(token.scope().word(), needed.word()));
    }
    return token;
  }

  private Tokens.@Nullable Token token(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? tokens.find(authorization.substring(BEARER.length()).strip())
        : null;
  }

  private static void problem(Context ctx, int status, String detail) {
    if (status == 401) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    String title = org.eclipse.jetty.http.HttpStatus.getMessage(status);
    Json problem =
        new Answer()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", JsonText.clean(detail))
            .json();
    write(ctx, status, PROBLEM, JsonText.write(problem));
  }

  /// Not every type of text says that it is UTF-8, so bytes are given.
  private static void write(Context ctx, int status, String type, String text) {
    ctx.status(status).contentType(type).result(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    desk.close();
  }
}
