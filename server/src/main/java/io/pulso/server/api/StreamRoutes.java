package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Changes as they happen, as server-sent events. A reader that is slower than the ring of changes
/// is let go, and comes back with the id of what it read last.
final class StreamRoutes {
  private static final System.Logger LOG = System.getLogger(StreamRoutes.class.getName());
  private static final int MOST_STREAMS = 5;
  private static final int LATER_SECONDS = 10;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int BEATS = 15;
  private static final int LONGEST_ID = 100;

  private final Changes changes;
  private final Tokens tokens;
  private final Slots streams = new Slots(MOST_STREAMS);

  StreamRoutes(Changes changes, Tokens tokens) {
    this.changes = changes;
    this.tokens = tokens;
  }

  void add(Routes routes) {
    routes.stream("/api/v1/stream", new Routes.Right(Scope.READ, false), this::stream);
  }

  private void stream(Call call, Context ctx) throws IOException {
    String last = ctx.header("Last-Event-ID");
    if (last != null && last.length() > LONGEST_ID) {
      throw new Refused(400, "'Last-Event-ID' is none of this stream");
    }
    try (Slots.Slot slot = streams.take(call.token().id())) {
      if (slot == null) {
        throw Refused.later(
            "a token has at most %d streams at once".formatted(MOST_STREAMS), LATER_SECONDS);
      }
      try (Changes.Reader reader = changes.read(last)) {
        send(call.secret(), reader, ctx.res());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a reader of the stream has gone", e);
      }
    }
  }

  private void send(String secret, Changes.Reader reader, HttpServletResponse response)
      throws IOException, InterruptedException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    response.setHeader("X-Accel-Buffering", "no");
    OutputStream out = response.getOutputStream();
    write(out, "retry: 1000\n\n");
    if (reader.hasLost()) {
      write(out, "event: lost\ndata: {}\n\n");
    }
    int quiet = 0;
    while (tokens.find(secret) != null) {
      List<Changes.Item> items = reader.next(LOOK);
      if (items == null) {
        return;
      }
      quiet = items.isEmpty() ? quiet + 1 : 0;
      if (!items.isEmpty()) {
        write(out, text(items));
      } else if (quiet >= BEATS) {
        quiet = 0;
        write(out, ":\n\n");
      }
    }
  }

  private static String text(List<Changes.Item> items) {
    StringBuilder text = new StringBuilder();
    for (Changes.Item item : items) {
      text.append("id: ").append(item.id());
      text.append("\nevent: ").append(item.kind());
      text.append("\ndata: ").append(item.json()).append("\n\n");
    }
    return text.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
