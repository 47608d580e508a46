package io.pulso.server.door;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.pulso.engine.event.EventType;
import io.pulso.server.ingest.Bounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The addresses at which events come in, as a web server knows them.
public final class Doors {
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);
  private static final String HEADERS =
      "authorization, content-type, content-encoding, x-requested-with";

  /// Answers below this many bytes are written at once: the framework would make a buffer of 32 KiB
  /// for each.
  private static final int SMALL = 1_024;

  private final Door door;
  private final Function<Context, String> address;
  private final Counters counters = new Counters();

  /// @param address the network address of a sender; behind trusted proxies the one they tell
  public Doors(
      Keys keys,
      Sink sink,
      Bounds bounds,
      InstantSource clock,
      Function<Context, String> address,
      Guards guards) {
    this.door = new Door(keys, sink, bounds, clock, System::nanoTime, counters, guards);
    this.address = address;
  }

  public Counters counters() {
    return counters;
  }

  /// Adds all addresses. The server must not change bodies, and should use virtual threads.
  public void open(RoutesConfig routes) {
    for (EventType type : EventType.values()) {
      Way way = new Way.Call(type);
      take(routes, "/v1/" + type.word(), way);
      take(routes, "/v1/" + type.word().charAt(0), way);
    }
    take(routes, "/v1/batch", new Way.Batch(false));
    take(routes, "/v1/b", new Way.Batch(false));
    take(routes, "/v1/import", new Way.Batch(true));
    take(routes, "/v1/cloudevents", new Way.CloudEvents());
    for (String path : List.of("/batch", "/capture", "/e", "/i/v0/e", "/track")) {
      Way way = new Way.PostHog();
      add(
          routes,
          path,
          Map.of(
              HandlerType.POST,
              ctx -> send(ctx, door.take(ask(ctx), way)),
              HandlerType.GET,
              ctx -> send(ctx, door.take(inAddress(ctx), way))));
    }
    startUp(routes);
    new BrowserScript().open(routes);
  }

  private void startUp(RoutesConfig routes) {
    Handler script = ctx -> send(ctx, StartUp.postHogScript(ctx.pathParam("key")));
    Handler config = ctx -> send(ctx, StartUp.postHogConfig(ctx.pathParam("key")));
    Handler flags = ctx -> send(ctx, StartUp.flags());
    Handler recording = ctx -> send(ctx, Reply.json("{\"status\":1}"));
    add(
        routes,
        "/v1/projects/{key}/settings",
        Map.of(
            HandlerType.GET, ctx -> send(ctx, StartUp.settings(ctx.pathParam("key"), host(ctx)))));
    add(routes, "/sourceConfig", Map.of(HandlerType.GET, Doors::sourceConfig));
    add(routes, "/array/{key}/config", Map.of(HandlerType.GET, config));
    add(routes, "/array/{key}/config.js", Map.of(HandlerType.GET, script));
    add(routes, "/flags", Map.of(HandlerType.POST, flags, HandlerType.GET, flags));
    add(routes, "/decide", Map.of(HandlerType.POST, flags, HandlerType.GET, flags));
    add(routes, "/s", Map.of(HandlerType.POST, recording));
    add(
        routes,
        "/v1/m",
        Map.of(HandlerType.POST, ctx -> send(ctx, Reply.json("{\"success\":true}"))));
  }

  private void take(RoutesConfig routes, String path, Way way) {
    add(routes, path, Map.of(HandlerType.POST, ctx -> send(ctx, door.take(ask(ctx), way))));
  }

  /// An address with and without a final slash: what may be done there, the question of browsers
  /// whether it may, and a problem for everything else.
  private static void add(RoutesConfig routes, String path, Map<HandlerType, Handler> handlers) {
    String allowed =
        String.join(", ", handlers.keySet().stream().map(HandlerType::name).sorted().toList());
    for (String at : List.of(path, path + "/")) {
      for (HandlerType method : METHODS) {
        Handler known = handlers.get(method);
        routes.addEndpoint(
            new Endpoint(
                method, at, known != null ? known : ctx -> send(ctx, wrong(ctx, allowed))));
      }
      routes.addEndpoint(new Endpoint(HandlerType.OPTIONS, at, ctx -> preflight(ctx, allowed)));
    }
  }

  private static Reply wrong(Context ctx, String allowed) {
    return new Problem(405, "this address takes " + allowed + ", not " + ctx.method().name())
        .header("Allow", allowed + ", OPTIONS")
        .reply();
  }

  private static void preflight(Context ctx, String allowed) throws IOException {
    String asked = ctx.header("Access-Control-Request-Headers");
    String allowedHeaders =
        asked != null && asked.matches("[A-Za-z0-9, -]{1,500}") ? asked : HEADERS;
    ctx.header("Access-Control-Allow-Methods", allowed)
        .header("Access-Control-Allow-Headers", allowedHeaders)
        .header("Access-Control-Max-Age", "86400");
    send(ctx, new Reply(204, "", "", Map.of("Allow", allowed + ", OPTIONS")));
  }

  private static void send(Context ctx, Reply reply) throws IOException {
    if (reply.status() != 200) {
      ctx.status(reply.status());
    }
    ctx.header("Access-Control-Allow-Origin", "*");
    reply.headers().forEach(ctx::header);
    if (reply.type().isEmpty()) {
      return;
    }
    ctx.contentType(reply.type());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (body.length < SMALL) {
      ctx.res().setContentLength(body.length);
      ctx.res().getOutputStream().write(body);
    } else {
      ctx.result(body);
    }
  }

  private static void sourceConfig(Context ctx) throws IOException {
    String key = Credentials.key(ctx.header("Authorization"));
    send(ctx, StartUp.sourceConfig(key == null ? "" : key));
  }

  private static String host(Context ctx) {
    String host = ctx.header("Host");
    return host == null ? "" : host;
  }

  /// A request whose body stands in its address, as `data`.
  private Ask inAddress(Context ctx) {
    Ask ask = ask(ctx);
    byte[] data = ask.query().getOrDefault("data", "").getBytes(StandardCharsets.UTF_8);
    return new Ask(
        "GET " + ctx.path(),
        ask.headers(),
        data.length,
        ask.query(),
        new ByteArrayInputStream(data),
        ask.address());
  }

  private record Headers(Context ctx) implements Ask.Headers {
    @Override
    public @Nullable String one(String name) {
      return ctx.header(name);
    }

    @Override
    public Map<String, String> all() {
      Map<String, String> all = new TreeMap<>();
      ctx.headerMap()
          .forEach((name, value) -> all.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
      return all;
    }
  }

  private Ask ask(Context ctx) {
    @Nullable String query = ctx.queryString();
    return new Ask(
        "POST " + ctx.path(),
        new Headers(ctx),
        ctx.contentLength(),
        query == null ? Map.of() : Form.read(query),
        ctx.bodyInputStream(),
        address.apply(ctx));
  }
}
