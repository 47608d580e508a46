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
import io.pulso.server.event.InputException;
import io.pulso.server.store.DiskFull;
import io.pulso.server.store.StoreBusy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses of the API, who may use each, and what becomes of faults.
final class Routes {
  private static final String PROBLEM = "application/problem+json";
  private static final String JSON = "application/json";
  private static final String BEARER = "bearer ";
  private static final String RETRY_AFTER = "2";

  private final Tokens tokens;
  private final List<Route> routes = new ArrayList<>();

  /// Answers a request.
  interface Answering {
    Json answer(Call call);
  }

  /// Sends what answers a request.
  interface Sending {
    void send(Call call, Context to) throws IOException;
  }

  /// One address.
  ///
  /// @param right who may use it
  /// @param type of what it answers with
  record Route(String method, String path, Right right, int status, String type, Sending sending) {}

  /// Who may use an address.
  ///
  /// @param scope that a token needs; null for everybody
  /// @param loopback whether programs of this machine need no token
  record Right(@Nullable Scope scope, boolean loopback) {}

  Routes(Tokens tokens) {
    this.tokens = tokens;
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

  /// Something else than JSON.
  void text(String path, Right right, String type, Supplier<String> text) {
    routes.add(new Route("GET", path, right, 200, type, sending(200, type, call -> text.get())));
  }

  /// A file that is sent as it is made.
  void download(String path, Scope scope, String type, Function<Call, Keeping.Download> file) {
    routes.add(
        new Route(
            "GET",
            path,
            new Right(scope, false),
            200,
            type,
            (call, to) -> {
              try (Keeping.Download made = file.apply(call)) {
                to.status(200).contentType(type);
                made.write(to.outputStream());
              }
            }));
  }

  private void json(
      String method, String path, @Nullable Scope scope, int status, Answering answering) {
    Sending text = sending(status, JSON, call -> JsonText.write(answering.answer(call)));
    routes.add(new Route(method, path, new Right(scope, false), status, JSON, text));
  }

  private static Sending sending(int status, String type, Function<Call, String> text) {
    return (call, to) -> {
      String body = text.apply(call);
      to.status(status).contentType(type).result(body);
    };
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  void into(RoutesConfig config) {
    for (Route route : routes) {
      config.addEndpoint(
          new Endpoint(
              HandlerType.findOrCreate(route.method()), route.path(), ctx -> answer(route, ctx)));
    }
  }

  private void answer(Route route, Context ctx) throws IOException {
    ctx.header("Cache-Control", "no-store");
    try {
      allow(route.right(), ctx);
      route.sending().send(new Call(ctx), ctx);
    } catch (Refused e) {
      problem(ctx, e.status(), String.valueOf(e.getMessage()));
    } catch (StoreBusy | DiskFull e) {
      ctx.header("Retry-After", RETRY_AFTER);
      problem(ctx, 503, String.valueOf(e.getMessage()));
    } catch (InputException e) {
      problem(ctx, 400, String.valueOf(e.getMessage()));
    } catch (ModelException e) {
      problem(ctx, 400, String.join("\n", e.faults()));
    }
  }

  private void allow(Right right, Context ctx) {
    String authorization = ctx.header("Authorization");
    Scope needed = right.scope();
    if (needed == null || (right.loopback() && authorization == null && Loopback.sent(ctx.req()))) {
      return;
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
    ctx.status(status).contentType(PROBLEM).result(JsonText.write(problem));
  }
}
