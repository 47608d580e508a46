package io.pulso.server.page;

import io.javalin.http.Context;
import io.pulso.server.api.Presence;
import io.pulso.server.page.News.Kind;
import io.pulso.server.people.Role;
import io.pulso.server.people.Session;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells pages that are open that there is something newer, as server-sent events. It takes a
/// virtual thread, none of those that answer, and ends with the session.
final class NewsStream {
  private static final System.Logger LOG = System.getLogger(NewsStream.class.getName());

  /// Streams of one person at once.
  static final int MOST = 5;

  private static final Duration LOOK = Duration.ofSeconds(1);

  /// Looks without news after which a sign of life is sent.
  private static final int BEATS = 15;

  private final Site site;
  private final News news;
  private final OpenStreams streams = new OpenStreams(MOST);

  NewsStream(Site site, News news) {
    this.site = site;
    this.news = news;
  }

  void add(Pages pages) {
    pages.stream("/live/{what}", Role.VIEWER, this::show);
  }

  private Shown show(Visit visit) {
    Kind kind = Kind.of(visit.part("what"));
    if (kind == null) {
      throw new Missing("live");
    }
    if (!may(visit.session(), kind)) {
      return Pages.refused(visit, 403, "role");
    }
    Context ctx = visit.context();
    Presence presence = Presence.of(ctx);
    OpenStreams.Open open = streams.open(visit.person().id(), presence);
    if (open == null) {
      ctx.header("Retry-After", "10");
      return Pages.refused(visit, 429, "streams");
    }
    return new Shown.Stream(() -> {
      try (open) {
        send(ctx, kind, presence);
      }
    });
  }

  /// What comes in is everybody's: who sees some accounts only is not told of it.
  private static boolean may(@Nullable Session session, Kind kind) {
    return session != null
        && switch (kind) {
          case BOARD -> true;
          case RECORDS -> session.person().accounts().isBlank();
        };
  }

  private void send(Context ctx, Kind kind, Presence presence) {
    try {
      HttpServletResponse response = ctx.res();
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType("text/event-stream");
      response.setHeader("X-Accel-Buffering", "no");
      follow(ctx, kind, presence, response.getOutputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a reader of news has gone", e);
    }
  }

  private void follow(Context ctx, Kind kind, Presence presence, OutputStream out)
      throws IOException, InterruptedException {
    long seen = news.number(kind);
    write(out, "retry: 3000\n\n");
    int quiet = 0;
    while (!presence.isGone() && may(site.visitors().watch(ctx), kind)) {
      Long now = news.after(kind, seen, LOOK);
      if (now == null) {
        return;
      }
      quiet = now > seen ? 0 : quiet + 1;
      if (now > seen) {
        seen = now;
        write(out, "event: news\ndata: newer\n\n");
        // One a second is enough for eyes.
        news.rest(LOOK);
      } else if (quiet >= BEATS) {
        quiet = 0;
        write(out, ":\n\n");
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
