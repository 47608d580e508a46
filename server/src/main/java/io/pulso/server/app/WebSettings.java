package io.pulso.server.app;

import io.pulso.server.app.ServerSettings.Setting;
import io.pulso.server.event.InputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a server listens.
///
/// @param hosts names under which it may be asked for; empty for the usual ones
/// @param certificate the file of the TLS certificate; empty for plain HTTP
/// @param key the file of its private key
/// @param connections at the same time
/// @param idleSeconds that a connection may say nothing
/// @param headerSeconds that the head of a request may take
public record WebSettings(
    List<String> hosts,
    String certificate,
    String key,
    int connections,
    int idleSeconds,
    int headerSeconds) {
  static final List<Setting> ALL =
      List.of(
          new Setting(
              "hosts",
              "",
              "",
              "names, with commas between, under which it may be asked for; a loopback address always answers to localhost"),
          new Setting("tls_certificate", "", "", "a PEM file with the certificate and its chain"),
          new Setting("tls_key", "", "", "a PEM file with the private key (PKCS #8)"),
          new Setting("connections", "connections", "20000", "the most at the same time"),
          new Setting("idle_seconds", "s", "30", "what a connection may say nothing"),
          new Setting("header_seconds", "s", "15", "what the head of a request may take"));

  static WebSettings of(Map<String, String> all) {
    String certificate = all.getOrDefault("tls_certificate", "").strip();
    String key = all.getOrDefault("tls_key", "").strip();
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new InputException(
          "server settings: tls_certificate and tls_key are given together or not at all");
    }
    return new WebSettings(
        texts(all.getOrDefault("hosts", "")),
        certificate,
        key,
        ServerSettings.whole(all, "connections", 10, 1_000_000),
        ServerSettings.whole(all, "idle_seconds", 1, 3_600),
        ServerSettings.whole(all, "header_seconds", 1, 3_600));
  }

  boolean isTls() {
    return !certificate.isEmpty();
  }

  /// Texts with commas or blanks between.
  static List<String> texts(String list) {
    return Stream.of(list.split("[, ]+")).filter(one -> !one.isEmpty()).toList();
  }
}
