package io.pulso.server.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The files that browsers need beside the pages. Their addresses contain a hash of what is in
/// them, so a browser keeps them for a year and still sees a new one at once.
final class Assets {
  private static final String AT = "/assets/";

  /// The style sheets that make up `pulso.css`, in order.
  private static final List<String> STYLES =
      List.of(
          "tokens",
          "frame",
          "parts",
          "charts",
          "customers",
          "data",
          "settings",
          "overview",
          "model",
          "metric",
          "campaign",
          "segment",
          "journey",
          "print");

  private static final Pattern FONT = Pattern.compile("url\\(([a-z0-9-]+\\.woff2)\\)");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private final Map<String, Supplier<byte[]>> sources = new ConcurrentHashMap<>();
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asset(String hash, byte[] bytes, byte @Nullable [] zipped) {}

  Assets() {
    sources.put("pulso.css", this::styles);
  }

  private byte[] styles() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    STYLES.forEach(name -> all.writeBytes(file("css/" + name + ".css")));
    // Fonts are named in the style sheet, and their addresses have hashes too.
    String text =
        FONT.matcher(all.toString(StandardCharsets.UTF_8))
            .replaceAll(found -> "url(" + address(found.group(1)) + ")");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Where a file is found.
  String address(String name) {
    int dot = name.lastIndexOf('.');
    return AT + name.substring(0, dot) + "-" + asset(name).hash() + name.substring(dot);
  }

  void into(RoutesConfig config) {
    config.get(AT + "{file}", this::send);
  }

  private void send(Context ctx) {
    String file = ctx.pathParam("file");
    int dot = file.lastIndexOf('.');
    int dash = file.lastIndexOf('-', Math.max(dot, 0));
    if (dot < 0 || dash < 0 || !TYPES.containsKey(file.substring(dot + 1))) {
      throw new io.javalin.http.NotFoundResponse();
    }
    String name = file.substring(0, dash) + file.substring(dot);
    if (!isThere(name)) {
      throw new io.javalin.http.NotFoundResponse();
    }
    Asset asset = asset(name);
    // A page of an older version that asks for its own files gets the newer ones, not for long.
    boolean same = file.substring(dash + 1, dot).equals(asset.hash());
    ctx.header("Cache-Control", same ? "public, max-age=31536000, immutable" : "no-cache");
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Vary", "Accept-Encoding");
    ctx.contentType(Objects.requireNonNull(TYPES.get(file.substring(dot + 1))));
    String accepted = ctx.header("Accept-Encoding");
    byte[] zipped = asset.zipped();
    if (zipped != null && accepted != null && accepted.contains("gzip")) {
      ctx.header("Content-Encoding", "gzip");
      ctx.result(zipped);
    } else {
      ctx.result(asset.bytes());
    }
  }

  private boolean isThere(String name) {
    return sources.containsKey(name) || url(name) != null;
  }

  private static java.net.@Nullable URL url(String name) {
    return Assets.class.getResource("assets/" + folder(name) + name);
  }

  private static String folder(String name) {
    return name.endsWith(".js") ? "js/" : name.endsWith(".woff2") ? "fonts/" : "";
  }

  private Asset asset(String name) {
    Asset asset = read.get(name);
    if (asset == null) {
      Supplier<byte[]> source = sources.get(name);
      byte[] bytes = source == null ? file(folder(name) + name) : source.get();
      boolean zips = !name.endsWith(".woff2");
      asset = new Asset(hash(bytes), bytes, zips ? zip(bytes) : null);
      read.put(name, asset);
    }
    return asset;
  }

  private static byte[] file(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      return Objects.requireNonNull(in, "there is no file " + name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
