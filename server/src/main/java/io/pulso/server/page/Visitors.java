package io.pulso.server.page;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.pulso.server.people.Session;
import io.pulso.server.people.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Tells who sends a request, and whether it comes from these pages.
public final class Visitors {
  static final String TOKEN_FIELD = "csrf";
  static final String TOKEN_HEADER = "X-CSRF";

  private final Sessions sessions;

  public Visitors(Sessions sessions) {
    this.sessions = sessions;
  }

  /// The name of the cookie: over TLS one that no other host and no plain connection can set.
  static String cookie(Context ctx) {
    return ctx.req().isSecure() ? "__Host-pulso" : "pulso";
  }

  @Nullable Session find(Context ctx) {
    String value = ctx.cookie(cookie(ctx));
    return value == null || value.isEmpty() ? null : sessions.find(value);
  }

  /// Whether a request that changes something was made by these pages themselves, and carries the
  /// token of its session where there is one.
  boolean isOurs(Context ctx, @Nullable Session session) {
    if (ctx.method().equals(HandlerType.GET)) {
      return true;
    }
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    String origin = ctx.header("Origin");
    if (origin != null && !origin.equals(ctx.scheme() + "://" + ctx.header("Host"))) {
      return false;
    }
    if (session == null) {
      return site != null || origin != null;
    }
    String header = ctx.header(TOKEN_HEADER);
    String given = header == null ? ctx.formParam(TOKEN_FIELD) : header;
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            session.csrf().getBytes(StandardCharsets.UTF_8));
  }
}
