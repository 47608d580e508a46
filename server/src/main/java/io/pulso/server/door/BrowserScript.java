package io.pulso.server.door;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// The script `/pulso.js`, which sites put into their pages.
final class BrowserScript {
  private static final String PATH = "/pulso.js";
  private static final int TAG_LETTERS = 16;

  private final byte[] text = read();
  private final String tag = '"' + hash(text) + '"';

  void open(RoutesConfig routes) {
    routes.get(PATH, this::send);
    routes.head(PATH, this::send);
  }

  /// Pages of all origins may load it; an hour later they ask whether it is another one.
  private void send(Context ctx) {
    ctx.header("Cache-Control", "public, max-age=3600, stale-while-revalidate=86400")
        .header("ETag", tag)
        .header("Vary", "Accept-Encoding")
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .header("X-Content-Type-Options", "nosniff");
    String known = ctx.header("If-None-Match");
    if (known != null && known.contains(tag)) {
      ctx.status(304);
    } else {
      ctx.contentType("text/javascript; charset=utf-8").result(text);
    }
  }

  private static byte[] read() {
    try (InputStream in = BrowserScript.class.getResourceAsStream("pulso.js")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, TAG_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
