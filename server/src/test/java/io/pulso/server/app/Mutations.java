package io.pulso.server.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Requests that are almost right.
final class Mutations {
  private static final List<String> ODD =
      List.of(
          "1e400",
          "-0",
          "1e100000000",
          "null",
          "\"\"",
          "[]",
          "{}",
          "\"\\ud800\"",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "\"2026-13-45T99:99:99Z\"",
          "9223372036854775808",
          "true",
          "\"' OR 1=1 --\"",
          "\"\\u0000\"",
          "-1");
  private static final List<String> PARTS =
      List.of(
          "%zz",
          "%00", "/..", "//", ";a=b", "%2e%2e/", "?", "#", "%", "\u00e4", " ", "{id}", "*", "\\",
          "%c0%af", "&", "=", "+");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type: text/plain",
          "Content-Type: application/cloudevents+json",
          "Content-Type: \u00ff\u00fe",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "ce-specversion: 1.0",
          "ce-id: %zz",
          "ce-type: T",
          "ce-source: s",
          "ce-subject: u",
          "Origin: null",
          "Origin: https://x.example",
          "X-Forwarded-For: ,,,",
          "Authorization: Basic !!!",
          "Authorization: Bearer ",
          "Authorization: Digest x",
          "Expect: 100-continue",
          "Range: bytes=0-1",
          "Accept: text/event-stream",
          "Upgrade: websocket",
          "Cookie: a=b; c",
          "Last-Event-ID: x",
          "If-None-Match: *");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /// A request before it is written.
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Request(String method, String path, List<String> headers, byte[] body) {}

  /// A request as it is written.
  ///
  /// @param whole whether it ends where it says, so that another one may follow
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Spoilt(byte[] bytes, boolean whole) {}

  /// A request that is spoilt here and there.
  Spoilt of(Request good) {
    String path = random.nextInt(4) == 0 ? path(good.path()) : good.path();
    byte[] body = random.nextInt(4) == 0 ? good.body() : body(good.body());
    if (random.nextInt(12) == 0) {
      body = gzip(body);
    }
    String method =
        random.nextInt(20) == 0
            ? List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "POST", "TRACE", "X")
                .get(random.nextInt(9))
            : good.method();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    good.headers().forEach(header -> head.append(header).append("\r\n"));
    for (int i = random.nextInt(3); i > 0 && random.nextInt(3) == 0; i--) {
      head.append(HEADERS.get(random.nextInt(HEADERS.size()))).append("\r\n");
    }
    boolean chunked = random.nextInt(10) == 0;
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    head.append("\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(chunked ? chunks(body) : body);
    boolean broken = random.nextInt(50) == 0;
    boolean whole = !broken && !method.equals("HEAD");
    return new Spoilt(broken ? bytes(out.toByteArray()) : out.toByteArray(), whole);
  }

  private static byte[] chunks(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += 100) {
      int size = Math.min(100, body.length - from);
      out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, from, size);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private String path(String path) {
    String part = PARTS.get(random.nextInt(PARTS.size()));
    int at = random.nextInt(path.length() + 1);
    return switch (random.nextInt(6)) {
      case 0 -> path.substring(0, at) + part + path.substring(at);
      case 1 -> path + "/";
      case 2 -> path + (path.contains("?") ? "&" : "?") + "verbose=1";
      case 3 ->
          path
              + "?data="
              + Base64.getUrlEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8));
      case 4 -> path + "?" + part + "=" + part + "&limit=-1&day=x&cursor=" + part;
      default -> path + "x".repeat(random.nextInt(9_000));
    };
  }

  private byte[] body(byte[] body) {
    return switch (random.nextInt(4)) {
      case 0 -> odd(body);
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
      default -> bytes(body);
    };
  }

  /// Puts something odd in the place of a value.
  private byte[] odd(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':', random.nextInt(text.length() + 1));
    if (colon < 0) {
      return bytes(body);
    }
    int end = colon + 1;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String odd = ODD.get(random.nextInt(ODD.size()));
    String other = text.substring(0, colon + 1) + odd + text.substring(end);
    return other.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Changes, takes out, adds or repeats some bytes.
  private byte[] bytes(byte[] whole) {
    byte[] bytes = whole;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length + 1);
      int length = Math.min(random.nextInt(8), bytes.length - at);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(bytes, 0, at);
      switch (random.nextInt(4)) {
        case 0 -> out.write(random.nextInt(256));
        case 1 -> {
          out.write(bytes, at, length);
          out.write(bytes, at, length);
        }
        case 2 -> {
          byte[] other = new byte[length];
          random.nextBytes(other);
          out.writeBytes(other);
        }
        default -> out.write("\"{}[],:\\".charAt(random.nextInt(8)));
      }
      out.write(bytes, at + length, bytes.length - at - length);
      bytes = out.toByteArray();
    }
    return bytes;
  }

  private byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return random.nextBoolean() ? out.toByteArray() : bytes(out.toByteArray());
  }
}
