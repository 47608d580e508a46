package io.pulso.server.app;

import io.pulso.server.api.Presence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;

/// A connection of which one can tell, while a request is answered, whether the other side has
/// closed it: that is only told to who reads. What comes meanwhile is kept for the next request.
final class WatchedEndPoint extends SocketChannelEndPoint implements Presence {
  /// More than any browser sends ahead; whoever sends more is there.
  private static final int AHEAD = 16 * 1024;

  private final Executor executor;
  private final Object reading = new Object();
  private ByteBuffer ahead = ByteBuffer.allocate(0);
  private boolean gone;

  private WatchedEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, ServerConnector of) {
    super(channel, selector, key, of.getScheduler());
    this.executor = of.getExecutor();
  }

  /// What listens for connections that can be watched.
  static ServerConnector connector(Server server, ConnectionFactory... protocols) {
    return new ServerConnector(server, protocols) {
      @Override
      protected SocketChannelEndPoint newEndPoint(
          SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        WatchedEndPoint made = new WatchedEndPoint(channel, selector, key, this);
        made.setIdleTimeout(getIdleTimeout());
        return made;
      }
    };
  }

  @Override
  public boolean isGone() {
    if (!isOpen()) {
      return true;
    }
    synchronized (reading) {
      if (!gone && ahead.remaining() < AHEAD) {
        gone = readAhead();
      }
      return gone;
    }
  }

  /// Reads what is there; true at the end.
  private boolean readAhead() {
    try {
      ByteBuffer more = ByteBuffer.allocate(ahead.remaining() + AHEAD).put(ahead);
      int read = getChannel().read(more);
      ahead = more.flip();
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (reading) {
      if (!ahead.hasRemaining()) {
        return super.fill(buffer);
      }
      int position = BufferUtil.flipToFill(buffer);
      int taken = BufferUtil.put(ahead, buffer);
      BufferUtil.flipToFlush(buffer, position);
      notIdle();
      return taken;
    }
  }

  @Override
  protected void needsFillInterest() {
    synchronized (reading) {
      if (ahead.hasRemaining()) {
        executor.execute(() -> getFillInterest().fillable());
        return;
      }
    }
    super.needsFillInterest();
  }
}
