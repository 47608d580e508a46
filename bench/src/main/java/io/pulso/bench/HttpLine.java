package io.pulso.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A connection that is kept alive, with as little work for the client as can be.
final class HttpLine implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  HttpLine(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  /// Sends a request and reads its whole answer; gives the status.
  int ask(String method, String path, String token, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    byte[] top = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[top.length + bytes.length];
    System.arraycopy(top, 0, all, 0, top.length);
    System.arraycopy(bytes, 0, all, top.length, bytes.length);
    out.write(all);
    return answer();
  }

  private int answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String low = line.toLowerCase(Locale.ROOT);
      if (low.startsWith("content-length:")) {
        length = Integer.parseInt(low.substring(15).strip());
      } else if (low.startsWith("transfer-encoding:")) {
        throw new IOException("an answer in chunks");
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
