package io.pulso.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;

/// Requests of programs on the machine of the server. What a proxy on this machine passes on does
/// not count.
public final class Loopback {
  private static final List<String> PASSED_ON =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private Loopback() {}

  static boolean sent(HttpServletRequest request) {
    return is(request.getRemoteAddr())
        && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null);
  }

  public static boolean is(String address) {
    try {
      return InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
