package io.pulso.server.app;

import io.pulso.server.event.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The certificate of a server and its key, from PEM files that are read again when they change.
final class Tls {
  private static final System.Logger LOG = System.getLogger(Tls.class.getName());
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

  private final Path certificate;
  private final Path key;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private Changed seen;

  /// When the files were changed.
  private record Changed(FileTime certificate, FileTime key) {}

  Tls(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
    this.seen = changed();
    fill(context);
    context.setSniRequired(false);
  }

  SslContextFactory.Server context() {
    return context;
  }

  /// Takes the files when they have changed; where they are wrong the old ones go on holding.
  void refresh() {
    try {
      Changed now = changed();
      if (!now.equals(seen)) {
        seen = now;
        context.reload(this::fill);
        LOG.log(System.Logger.Level.INFO, "the TLS certificate was read again");
      }
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "the old TLS certificate stays in use: " + e.getMessage());
    }
  }

  private Changed changed() {
    try {
      return new Changed(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
    } catch (IOException e) {
      throw new InputException("cannot read the TLS certificate or key: " + e, e);
    }
  }

  private void fill(SslContextFactory factory) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("pulso", privateKey(), new char[0], chain());
      factory.setKeyStore(store);
      factory.setKeyStorePassword("");
    } catch (IOException | GeneralSecurityException e) {
      throw new InputException(
          "cannot use %s with %s for TLS: %s".formatted(certificate, key, e.getMessage()), e);
    }
  }

  private Certificate[] chain() throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(certificate);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .toArray(new Certificate[0]);
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new InputException(
          "%s is no PKCS #8 private key without password; `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` makes one"
              .formatted(key));
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        LOG.log(System.Logger.Level.DEBUG, "not a key of the kind " + kind);
      }
    }
    throw new InputException(key + " is none of EC, RSA, Ed25519");
  }
}
