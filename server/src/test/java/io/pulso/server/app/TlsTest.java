package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with a certificate of its own.
class TlsTest {
  @TempDir private Path folder;

  /// Makes a certificate for this machine and writes it and its key as PEM.
  private X509Certificate make(String name, String algorithm) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "10")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    Certificate certificate = store.getCertificate("a");
    byte[] key = store.getKey("a", "changeit".toCharArray()).getEncoded();
    pem("key.pem", "PRIVATE KEY", key);
    pem("cert.pem", "CERTIFICATE", certificate.getEncoded());
    return (X509Certificate) certificate;
  }

  private void pem(String file, String kind, byte[] bytes) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes)));
  }

  private Map<String, String> settings() {
    return Map.of(
        "tls_certificate",
        folder.resolve("cert.pem").toString(),
        "tls_key",
        folder.resolve("key.pem").toString());
  }

  private static HttpClient trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", certificate);
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static int track(HttpClient client, int port) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/v1/track"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + GuardedServer.KEY)
                .POST(HttpRequest.BodyPublishers.ofString("{\"userId\":\"a\",\"event\":\"E\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void events_come_in_over_tls_and_programs_of_this_machine_are_still_answered() throws Exception {
    for (String algorithm : new String[] {"EC", "RSA"}) {
      X509Certificate certificate = make("first" + algorithm, algorithm);
      try (GuardedServer server =
              new GuardedServer(
                  folder.resolve("w" + algorithm), "", settings(), Clock.systemUTC());
          HttpClient client = trusting(certificate);
          HttpClient stranger = HttpClient.newHttpClient()) {
        assertThat(track(client, server.server().port())).isEqualTo(200);
        assertThatThrownBy(() -> track(stranger, server.server().port()))
            .isInstanceOf(SSLHandshakeException.class);
        assertThat(server.place().url()).startsWith("http://127.0.0.1:");
        assertThat(server.received(1)).contains("\"stored\":1");
        assertThat(server.raw("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            .doesNotContain("live\":true");
      }
    }
  }

  @Test
  void a_new_certificate_is_taken_while_the_server_runs_and_a_broken_one_is_not() throws Exception {
    make("old", "EC");
    try (GuardedServer server =
        new GuardedServer(folder.resolve("w"), "", settings(), Clock.systemUTC())) {
      X509Certificate next = make("new", "EC");
      try (HttpClient client = trusting(next)) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        int status = 0;
        while (status == 0 && System.nanoTime() < end) {
          try {
            status = track(client, server.server().port());
          } catch (SSLHandshakeException e) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
          }
        }
        assertThat(status).isEqualTo(200);
      }
      Files.writeString(folder.resolve("key.pem"), "broken");
      LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos());
      try (HttpClient client = trusting(next)) {
        assertThat(track(client, server.server().port())).isEqualTo(200);
      }
    }
  }

  @Test
  void what_is_no_certificate_or_key_is_told_with_its_file() throws Exception {
    make("a", "EC");
    Files.writeString(folder.resolve("key.pem"), "-----BEGIN EC PRIVATE KEY-----\nx\n");
    assertThatThrownBy(
            () -> new GuardedServer(folder.resolve("w"), "", settings(), Clock.systemUTC()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("key.pem is no PKCS #8 private key")
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(() -> ServerSettings.of(Map.of("tls_key", "x"), Map.of()))
        .hasMessageContaining("together or not at all");
  }
}
