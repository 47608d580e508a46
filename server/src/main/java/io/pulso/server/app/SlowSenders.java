package io.pulso.server.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/// Ends connections whose sender takes too long over the head of a request, byte by byte, so that
/// it is never idle. Whoever says nothing at all is ended by the idle timeout.
final class SlowSenders implements Connection.Listener {
  private final long patience;
  private final Map<Connection, Begun> connections = new ConcurrentHashMap<>();

  /// A head that may have begun.
  ///
  /// @param requests that had come in whole before it
  /// @param bytes that had come in before it
  /// @param since the nanosecond at which it was first seen; 0 while there is none
  private record Begun(long requests, long bytes, long since) {}

  SlowSenders(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      connections.put(connection, new Begun(0, 0, 0));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  /// Looks at all connections.
  void sweep(long now) {
    connections.forEach((connection, begun) -> {
      Begun next = next(connection, begun, now);
      if (next.since() != 0 && now - next.since() > patience) {
        connection.getEndPoint().close();
      } else if (!next.equals(begun)) {
        connections.replace(connection, begun, next);
      }
    });
  }

  private static Begun next(Connection connection, Begun begun, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (requests != connection.getMessagesOut() || requests != begun.requests()) {
      return new Begun(requests, bytes, 0);
    }
    return begun.since() == 0 && bytes > begun.bytes()
        ? new Begun(requests, begun.bytes(), now == 0 ? 1 : now)
        : begun;
  }

  int count() {
    return connections.size();
  }
}
