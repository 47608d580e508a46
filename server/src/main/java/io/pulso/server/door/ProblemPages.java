package io.pulso.server.door;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Makes every error of a web server a problem as RFC 9457 writes it.
public final class ProblemPages {
  private static final System.Logger LOG = System.getLogger(ProblemPages.class.getName());

  private ProblemPages() {}

  public static void use(JavalinConfig config) {
    config.routes.exception(HttpResponseException.class, ProblemPages::known);
    config.routes.exception(Exception.class, ProblemPages::unknown);
    config.jetty.modifyServer(server -> server.setErrorHandler(new OfJetty()));
  }

  /// Answers with the problem that a fault of a request is.
  public static void known(HttpResponseException e, Context ctx) {
    String said = e.getMessage();
    String detail =
        e.getStatus() == HttpStatus.NOT_FOUND_404 || said == null
            ? "there is nothing at this address"
            : said;
    send(ctx, new Problem(e.getStatus(), detail));
  }

  private static void unknown(Exception e, Context ctx) {
    LOG.log(System.Logger.Level.ERROR, "a request failed at " + ctx.path(), e);
    send(ctx, new Problem(500, "this is our fault; the log has more"));
  }

  private static void send(Context ctx, Problem problem) {
    Reply reply = problem.reply();
    ctx.status(reply.status())
        .contentType(reply.type())
        .result(reply.body().getBytes(StandardCharsets.UTF_8));
    reply.headers().forEach(ctx::header);
  }

  /// Answers with a problem of the response's status.
  public static void write(Response response, String detail, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
    Content.Sink.write(response, true, new Problem(response.getStatus(), detail).json(), callback);
  }

  /// What is refused before it reaches a route: headers that are too large, broken addresses. Jetty
  /// ends the connection after it, which senders must be told.
  private static final class OfJetty extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
        // A request line with a fault is the sender's, as any other one.
        response.setStatus(HttpStatus.BAD_REQUEST_400);
      }
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      ProblemPages.write(response, "the request cannot be read", callback);
      return true;
    }
  }
}
