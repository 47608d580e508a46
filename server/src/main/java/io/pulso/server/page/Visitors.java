package io.pulso.server.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import io.pulso.server.api.Loopback;
import io.pulso.server.people.Session;
import io.pulso.server.people.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells who sends a request, and whether it comes from these pages.
public final class Visitors {
  static final String TOKEN_FIELD = "csrf";
  static final String TOKEN_HEADER = "X-CSRF";

  private static final String SESSION = "pulso";
  private static final String AWAY = "pulso-away";
  private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");

  /// What pages send when they ask by themselves, without anybody at the keyboard.
  private static final String BY_ITSELF = "X-Pulso-By-Itself";

  private static final int TEN_MINUTES = 600;

  private final Sessions sessions;
  private final Setup setup;

  public Visitors(Sessions sessions, Setup setup) {
    this.sessions = sessions;
    this.setup = setup;
  }

  /// Whether the browser speaks TLS, with the server or with a proxy that is believed.
  boolean isSecure(Context ctx) {
    return ctx.req().isSecure()
        || (setup.proxies().contains(ctx.ip())
            && "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto")));
  }

  /// The address of the browser, as far as it is known.
  String address(Context ctx) {
    String direct = ctx.ip();
    String told = ctx.header("X-Forwarded-For");
    return told == null || !setup.proxies().contains(direct)
        ? direct
        : told.substring(told.lastIndexOf(',') + 1).strip();
  }

  /// Whether a session's cookie can be kept: only over TLS, or on this machine.
  boolean canSignIn(Context ctx) {
    return isSecure(ctx) || Loopback.is(ctx.ip());
  }

  /// The name of a cookie: over TLS one that no other host and no plain connection can set. The
  /// port of the address is in it, since browsers send a cookie to all ports of a host, and several
  /// servers of one must not sign each other's people out.
  private String name(Context ctx, String cookie) {
    String host = ctx.header("Host");
    Matcher port = PORT.matcher(host == null ? "" : host);
    return plain(ctx, cookie) + (port.find() ? "-" + port.group(1) : "");
  }

  /// As it was without the port, where a browser was signed in before.
  private String plain(Context ctx, String cookie) {
    return isSecure(ctx) ? "__Host-" + cookie : cookie;
  }

  /// Lets a browser keep a session.
  void keep(Context ctx, Sessions.Started started) {
    set(ctx, name(ctx, SESSION), started.cookieValue(), -1);
    forgetPlain(ctx);
  }

  /// Makes a browser forget its session.
  void forget(Context ctx) {
    set(ctx, name(ctx, SESSION), "", 0);
    forgetPlain(ctx);
  }

  private void forgetPlain(Context ctx) {
    String plain = plain(ctx, SESSION);
    if (ctx.cookie(plain) != null && !plain.equals(name(ctx, SESSION))) {
      set(ctx, plain, "", 0);
    }
  }

  /// What a browser keeps while its person is at an identity provider.
  @Nullable String away(Context ctx) {
    return ctx.cookie(name(ctx, AWAY));
  }

  void keepAway(Context ctx, String value) {
    set(ctx, name(ctx, AWAY), value, value.isEmpty() ? 0 : TEN_MINUTES);
  }

  private void set(Context ctx, String name, String value, int seconds) {
    ctx.cookie(new Cookie(name, value, "/", seconds, isSecure(ctx), true, null, SameSite.LAX));
  }

  /// The session of who sent a request; it goes on being used where they did so themselves.
  @Nullable Session find(Context ctx) {
    if (ctx.header(BY_ITSELF) != null) {
      return watch(ctx);
    }
    return found(ctx, sessions::find);
  }

  private @Nullable Session found(Context ctx, Function<String, @Nullable Session> by) {
    Session own = found(ctx.cookie(name(ctx, SESSION)), by);
    return own == null ? found(ctx.cookie(plain(ctx, SESSION)), by) : own;
  }

  private static @Nullable Session found(
      @Nullable String value, Function<String, @Nullable Session> by) {
    return value == null || value.isEmpty() ? null : by.apply(value);
  }

  /// As [#find], but nobody is thought to be active because of it.
  @Nullable Session watch(Context ctx) {
    return found(ctx, sessions::watch);
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
    if (site != null && "null".equals(origin)) {
      // As our referrer policy makes browsers say of forms; they have told that the site is ours.
      origin = null;
    }
    if (origin != null && !isOwn(origin, ctx)) {
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

  /// The address of these pages, as a browser knows it.
  String root(Context ctx) {
    return (isSecure(ctx) ? "https" : "http") + "://" + ctx.header("Host");
  }

  private boolean isOwn(String origin, Context ctx) {
    return origin.equals(root(ctx)) || (!setup.url().isEmpty() && origin.equals(setup.url()));
  }
}
