package io.pulso.server.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests to other servers, and where they may not go.
class OutgoingTest {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer other;

  @BeforeEach
  void start() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = exchange.getRequestBody().readAllBytes();
          switch (exchange.getRequestURI().getPath()) {
            case "/away" -> {
              exchange.getResponseHeaders().add("Location", "/");
              exchange.sendResponseHeaders(302, -1);
            }
            case "/long" -> {
              exchange.sendResponseHeaders(200, 0);
              for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(new byte[10_000]);
              }
            }
            default -> {
              byte[] text =
                  (exchange.getRequestMethod() + " " + new String(body, StandardCharsets.UTF_8))
                      .getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, text.length);
              exchange.getResponseBody().write(text);
            }
          }
          exchange.close();
        });
    other.start();
  }

  @AfterEach
  void stop() {
    other.stop(0);
  }

  private URI at(String host, String path) {
    return URI.create("http://" + host + ":" + other.getAddress().getPort() + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.1", "192.0.2.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
        "2002:a00:1::1", "2001::1", "100::1", "3fff::1"
      })
  void these_addresses_are_not_public(String address) {
    assertThat(Addresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.215.14",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "192.169.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "64:ff9b::101:101"
      })
  void these_addresses_are_public(String address) {
    assertThat(Addresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void a_name_that_leads_to_this_machine_is_not_asked_unless_it_is_allowed() throws Exception {
    try (Outgoing strict = new Outgoing(List.of());
        Outgoing allowing = new Outgoing(List.of("LOCALHOST"))) {
      URI tls = URI.create(at("localhost", "/").toString().replace("http:", "https:"));
      assertThatThrownBy(() -> strict.get(tls))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("outgoing_hosts");
      assertThatThrownBy(() -> strict.get(at("127.0.0.1", "/"))).hasMessageContaining("https");
      assertThat(asked).hasValue(0);
      assertThat(allowing.get(at("localhost", "/")).body()).isEqualTo("GET ");
      assertThat(allowing.post(at("localhost", "/"), Map.of(), Map.of("a", "b c")).body())
          .isEqualTo("POST a=b+c");
      assertThatThrownBy(() -> allowing.get(at("127.0.0.1", "/"))).hasMessageContaining("https");
    }
  }

  @Test
  void redirects_are_not_followed_and_long_answers_not_read() throws Exception {
    try (Outgoing outgoing = new Outgoing(List.of("localhost"))) {
      assertThat(outgoing.get(at("localhost", "/away")).status()).isEqualTo(302);
      assertThat(asked).hasValue(1);
      assertThatThrownBy(() -> outgoing.get(at("localhost", "/long")))
          .isInstanceOf(InputException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://a@example.org/",
        "/x",
        "https:"
      })
  void other_addresses_are_refused(String address) throws Exception {
    try (Outgoing outgoing = new Outgoing(List.of("localhost", "example.org"))) {
      assertThatThrownBy(() -> outgoing.get(URI.create(address)))
          .isInstanceOfAny(InputException.class, IllegalArgumentException.class);
    }
  }
}
