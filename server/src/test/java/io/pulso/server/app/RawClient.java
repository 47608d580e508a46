package io.pulso.server.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that writes whatever it is given to a connection and reads one answer.
final class RawClient implements AutoCloseable {
  private final int port;
  private final int patience;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();

  /// @param patience milliseconds that an answer may take
  RawClient(int port, int patience) {
    this.port = port;
    this.patience = patience;
  }

  /// An answer.
  ///
  /// @param status 0 where the connection was ended without one
  record Answer(int status, boolean retryAfter) {}

  /// Sends one request on a connection that may have been used before. Nothing more is written
  /// after it, so that a request that seems to go on ends there.
  Answer send(byte[] request, boolean last) throws IOException {
    if (socket.isClosed() || !socket.isConnected()) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(patience);
      in = new BufferedInputStream(socket.getInputStream());
    }
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      if (last) {
        socket.shutdownOutput();
      }
      return read(last);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The server ended the connection while we wrote.
      socket.close();
      return new Answer(0, false);
    }
  }

  private Answer read(boolean last) throws IOException {
    String first = line();
    if (first.isEmpty()) {
      socket.close();
      return new Answer(0, false);
    }
    int status = Integer.parseInt(first.split(" ", -1)[1]);
    boolean retry = false;
    boolean close = last;
    boolean chunked = false;
    boolean endless = false;
    long length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      retry |= lower.startsWith("retry-after:");
      close |= lower.startsWith("connection: close");
      chunked |= lower.startsWith("transfer-encoding: chunked");
      endless |= lower.startsWith("content-type: text/event-stream");
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    if (status == 100) {
      return read(last);
    }
    if (endless) {
      socket.close();
    } else if (chunked && !close) {
      chunks();
    } else if (close || (length < 0 && status != 204)) {
      in.readAllBytes();
      socket.close();
    } else if (length > 0) {
      in.skipNBytes(length);
    }
    return new Answer(status, retry);
  }

  private void chunks() throws IOException {
    for (int size = size(); size > 0; size = size()) {
      in.skipNBytes(size + 2L);
    }
    line();
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /// Bytes as people can read them, cut.
  static String shown(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "…";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
