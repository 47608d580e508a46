package io.pulso.server.app;

import io.pulso.server.door.ProblemPages;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses requests for hosts that this server is not, such as those of a page whose name was made
/// to point here.
final class Hosts extends Handler.Wrapper {
  private final Set<String> names;
  private final BooleanSupplier strict;

  Hosts(List<String> names) {
    this(names, () -> true);
  }

  /// @param strict whether others are refused at the moment
  Hosts(List<String> names, BooleanSupplier strict) {
    this.strict = strict;
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether only some hosts are answered for; a public address without names answers for all.
  static boolean areKnown(String address, List<String> names) {
    return !names.isEmpty() || isLoopback(address);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String asked = request.getHeaders().get(HttpHeader.HOST);
    if (asked == null || !strict.getAsBoolean() || isKnown(asked)) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.MISDIRECTED_REQUEST_421);
    ProblemPages.write(
        response,
        "this server does not answer for that host; its operator can name it in the setting `hosts`",
        callback);
    return true;
  }

  boolean isKnown(String header) {
    String host = name(header.strip().toLowerCase(Locale.ROOT));
    return names.contains(host) || host.equals("localhost") || isLoopback(host);
  }

  /// A host without its port and brackets.
  private static String name(String header) {
    if (header.startsWith("[")) {
      int end = header.indexOf(']');
      return end < 0 ? header : header.substring(1, end);
    }
    int colon = header.indexOf(':');
    String name = colon < 0 ? header : header.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /// Whether an address stands for all of this machine.
  static boolean isEverywhere(String address) {
    return address.equals("0.0.0.0") || address.equals("::") || address.equals("[::]");
  }

  static boolean isLoopback(String address) {
    if (address.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
