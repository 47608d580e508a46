package io.pulso.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/// The contract of the API as a page on which it can be read and tried.
final class ContractPage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// The files of the page, with their types.
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "page.js", "text/javascript; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "swagger-ui.css", "text/css; charset=utf-8");

  private ContractPage() {}

  static void into(RoutesConfig config) {
    config.get("/api", ctx -> send(ctx, "index.html"));
    config.get("/api/", ctx -> send(ctx, "index.html"));
    FILES.keySet().stream()
        .filter(name -> !name.equals("index.html"))
        .forEach(name -> config.get("/api/" + name, ctx -> send(ctx, name)));
  }

  private static void send(Context ctx, String name) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Cache-Control", "no-cache");
    ctx.contentType(Objects.requireNonNull(FILES.get(name))).result(read(name));
  }

  private static byte[] read(String name) {
    try (InputStream in = ContractPage.class.getResourceAsStream("page/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
