package io.pulso.server.api;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/// Tells whether somebody who sent a request still waits for its answer.
public interface Presence {
  /// Whether their end of the connection is closed.
  boolean isGone();

  /// That of who sent a request.
  static Presence of(Context ctx) {
    EndPoint end =
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    while (end instanceof EndPoint.Wrapper wrapper) {
      end = wrapper.unwrap();
    }
    EndPoint last = end;
    return last instanceof Presence presence ? presence : () -> !last.isOpen();
  }
}
