package io.pulso.server.outgoing;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.FormRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.jspecify.annotations.Nullable;

/// Asks other servers. A name is resolved once, all its addresses are checked, and the connection
/// goes to one of these very addresses; redirects are not followed.
public final class Outgoing implements AutoCloseable {
  private static final int LARGEST = 512 * 1024;
  private static final long CONNECT_MILLIS = 5_000;
  private static final long SECONDS = 10;

  private final Set<String> allowed;
  private @Nullable HttpClient client;

  /// @param hosts names that may also have addresses that are not public, and may be asked without
  ///   TLS
  public Outgoing(List<String> hosts) {
    this.allowed =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// What another server answered.
  public record Reply(int status, String body) {}

  /// Asks for something.
  public Reply get(URI address) {
    return send(request(address).method(HttpMethod.GET));
  }

  /// Sends a form.
  public Reply post(URI address, Map<String, String> headers, Map<String, String> form) {
    Fields fields = new Fields();
    form.forEach(fields::put);
    return send(
        request(address)
            .method(HttpMethod.POST)
            .headers(all -> headers.forEach(all::put))
            .body(new FormRequestContent(fields)));
  }

  /// Refuses an address that may not be asked, whatever its name resolves to.
  public void check(URI address) {
    String host = address.getHost();
    boolean plain = "http".equals(address.getScheme());
    if (host == null
        || address.getUserInfo() != null
        || !(plain || "https".equals(address.getScheme()))) {
      throw new InputException("'%s' is no address of a web server".formatted(address));
    }
    if (plain && !isAllowed(host)) {
      throw new InputException(
          "'%s' must begin with https: only hosts in the setting outgoing_hosts are asked without TLS"
              .formatted(address));
    }
  }

  private Request request(URI address) {
    check(address);
    return client()
        .newRequest(address)
        .headers(all -> all.put("Accept", "application/json"))
        .agent("Pulso")
        .timeout(SECONDS, TimeUnit.SECONDS);
  }

  private static Reply send(Request request) {
    try {
      ContentResponse response =
          new CompletableResponseListener(request, LARGEST)
              .send()
              .get(SECONDS + 1, TimeUnit.SECONDS);
      return new Reply(response.getStatus(), response.getContentAsString());
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InputException(
          "%s cannot be asked: %s".formatted(request.getURI().getHost(), cause.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted", e);
    }
  }

  private boolean isAllowed(String host) {
    return allowed.contains(host.toLowerCase(Locale.ROOT));
  }

  private synchronized HttpClient client() {
    HttpClient have = client;
    if (have != null) {
      return have;
    }
    HttpClient made = new HttpClient();
    made.setFollowRedirects(false);
    made.setConnectTimeout(CONNECT_MILLIS);
    made.setIdleTimeout(SECONDS * 1_000);
    made.setSocketAddressResolver(new Checking());
    made.getContentDecoderFactories().clear();
    try {
      made.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    client = made;
    return made;
  }

  /// Resolves a name to addresses that may be connected to, or to none.
  private final class Checking implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      try {
        List<InetAddress> all = Addresses.of(host);
        if (!isAllowed(host) && !all.stream().allMatch(Addresses::isPublic)) {
          promise.failed(
              new IOException(
                  "%s is not on the public internet; name it in the setting outgoing_hosts if it is meant"
                      .formatted(host)));
          return;
        }
        promise.succeeded(
            all.stream().map(address -> new InetSocketAddress(address, port)).toList());
      } catch (IOException e) {
        promise.failed(e);
      }
    }
  }

  @Override
  public synchronized void close() {
    HttpClient have = client;
    if (have != null) {
      try {
        have.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
