package io.pulso.server.door;

import io.pulso.server.door.Counters.Turned;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.Received;
import io.pulso.server.ingest.RequestReader;
import io.pulso.server.store.RejectReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Takes requests: finds out who sends, decodes what comes, makes it durable, answers.
final class Door {
  /// How long a body may take.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Keys keys;
  private final Sink sink;
  private final Bounds bounds;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Counters counters;
  private final Rate rate;
  private final Guards guards;

  /// @param nanos a clock that never jumps
  Door(
      Keys keys,
      Sink sink,
      Bounds bounds,
      InstantSource clock,
      LongSupplier nanos,
      Counters counters,
      Guards guards) {
    this.keys = keys;
    this.sink = sink;
    this.bounds = bounds;
    this.clock = clock;
    this.nanos = nanos;
    this.counters = counters;
    this.guards = guards;
    this.rate = new Rate(nanos);
  }

  Reply take(Ask ask, Way way) {
    String said = Credentials.key(ask.header("authorization"));
    if (said == null) {
      return keyless(ask, way);
    }
    return switch (admit(said, ask)) {
      case Admission.Turned(Reply reply) -> reply;
      case Admission.Granted(Key key) -> keep(ask, way, key, body(ask, way).content());
    };
  }

  /// A request whose key stands in the address or in the body, if anywhere.
  private Reply keyless(Ask ask, Way way) {
    PostHogBody body = body(ask, way);
    String said = key(ask, body);
    if (said == null) {
      counters.turn(Turned.NO_KEY);
      return nobody(body.content());
    }
    return switch (admit(said, ask)) {
      case Admission.Turned(Reply reply) -> reply;
      case Admission.Granted(Key key) -> keep(ask, way, key, body.content());
    };
  }

  private PostHogBody body(Ask ask, Way way) {
    Content content = read(ask);
    return way instanceof Way.PostHog && content instanceof Content.Whole(byte[] bytes)
        ? PostHogBody.read(bytes, bounds.request())
        : new PostHogBody(content, null);
  }

  private Content read(Ask ask) {
    try {
      long deadline = nanos.getAsLong() + PATIENCE.toNanos();
      return Content.read(ask.body(), ask.length(), bounds.request(), nanos, deadline);
    } catch (IOException e) {
      return new Content.TooSlow();
    }
  }

  /// Whether a request may go on.
  private sealed interface Admission {
    record Granted(Key key) implements Admission {}

    record Turned(Reply reply) implements Admission {}
  }

  private static @Nullable String key(Ask ask, PostHogBody body) {
    if (body.key() != null) {
      return body.key();
    }
    String asked = ask.query().get("api_key");
    asked = asked == null ? ask.query().get("token") : asked;
    if (asked != null) {
      return asked;
    }
    return body.content() instanceof Content.Whole(byte[] bytes) ? RequestReader.key(bytes) : null;
  }

  /// The answer to somebody who tells no key: what is wrong with the body where that may be why.
  private static Reply nobody(Content content) {
    return switch (content) {
      case Content.Whole(byte[] bytes) -> {
        String fault = RequestReader.fault(bytes);
        yield fault == null
            ? unauthorized("there is no write key")
            : new Problem(400, fault).with("reason", RejectReason.BAD_JSON.word()).reply();
      }
      case Content.TooLarge(byte[] begin, String detail) ->
          new Problem(413, detail).with("reason", RejectReason.TOO_LARGE.word()).reply();
      case Content.Unreadable(byte[] begin, String detail) ->
          new Problem(400, detail).with("reason", RejectReason.BAD_ENCODING.word()).reply();
      case Content.TooSlow() -> tooSlow();
    };
  }

  private static Reply unauthorized(String detail) {
    return new Problem(401, detail).header("WWW-Authenticate", "Basic realm=\"pulso\"").reply();
  }

  private static Reply tooSlow() {
    return new Problem(408, "the body did not come in time").header("Connection", "close").reply();
  }

  private Admission admit(String said, Ask ask) {
    Key key = keys.find(said);
    if (key == null) {
      counters.turn(Turned.NO_KEY);
      return new Admission.Turned(unauthorized("the write key is not known"));
    }
    String origin = ask.header("origin");
    if (key.browser()
        && !key.origins().isEmpty()
        && (origin == null || !key.origins().contains(origin.toLowerCase(Locale.ROOT)))) {
      counters.turn(Turned.WRONG_ORIGIN);
      return new Admission.Turned(
          new Problem(403, "pages of this origin may not use this key").reply());
    }
    Duration pause = rate.take(key, ask.address());
    if (pause.isPositive()) {
      counters.turn(Turned.TOO_MANY);
      return new Admission.Turned(
          new Problem(429, "more than " + key.perMinute() + " requests a minute")
              .retryAfter(pause)
              .reply());
    }
    return new Admission.Granted(key);
  }

  private Reply keep(Ask ask, Way way, Key key, Content content) {
    if (content instanceof Content.TooSlow) {
      counters.turn(Turned.ABORTED);
      return tooSlow();
    }
    Instant now = clock.instant();
    long micros = Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1_000;
    RequestReader reader =
        new RequestReader(guards.terms(key, ask.address()), bounds, micros, ask.path());
    Received received =
        switch (content) {
          case Content.Whole(byte[] bytes) -> decode(ask, way, key, reader, bytes);
          case Content.TooLarge(byte[] begin, String detail) ->
              reader.refuse(begin, RejectReason.TOO_LARGE, detail);
          case Content.Unreadable(byte[] begin, String detail) ->
              reader.refuse(begin, RejectReason.BAD_ENCODING, detail);
          case Content.TooSlow() -> throw new IllegalStateException("answered before");
        };
    try {
      sink.keep(received.arrival());
    } catch (Busy e) {
      counters.turn(Turned.BUSY);
      return new Problem(503, "events cannot be kept now, send them again")
          .retryAfter(e.pause())
          .reply();
    }
    return Answers.of(received, way, ask.isVerbose());
  }

  private static Received decode(Ask ask, Way way, Key key, RequestReader reader, byte[] body) {
    return switch (way) {
      case Way.Call(var type) -> reader.call(body, type);
      case Way.Batch(boolean imports) ->
          imports && key.browser()
              ? reader.refuse(body, RejectReason.FORBIDDEN, "a browser key may not import")
              : reader.batch(body);
      case Way.PostHog() -> reader.postHog(body, sentAt(ask));
      case Way.CloudEvents() -> cloudEvents(ask, reader, body);
    };
  }

  /// PostHog's browser client tells the time in the address.
  private static @Nullable String sentAt(Ask ask) {
    String said = ask.query().get("_");
    return said != null && said.matches("[0-9]{9,17}") ? said : null;
  }

  private static Received cloudEvents(Ask ask, RequestReader reader, byte[] body) {
    if (ask.header("ce-specversion") == null) {
      return reader.cloudEvents(body);
    }
    Map<String, String> attributes = new TreeMap<>();
    ask.headers()
        .all()
        .forEach((name, value) -> {
          if (name.startsWith("ce-")) {
            attributes.put(name.substring(3), Form.percent(value));
          }
        });
    String type = ask.type();
    return reader.cloudEvent(
        attributes, body, type.isEmpty() || type.equals("text/json") || type.endsWith("json"));
  }
}
