package io.pulso.server.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A real identity provider: it asks for no password, but does all else, with keys of its own.
public final class OidcProvider implements AutoCloseable {
  public static final String CLIENT = "pulso";
  public static final String SECRET = "a secret: with/odd+letters";

  private final HttpServer server;
  private final Clock clock;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile RSAKey rsa;
  private final ECKey ec;

  /// Who signs in next.
  public volatile String subject = "ann-at-provider";

  /// What is said of them, where a test wants something else.
  public volatile UnaryOperator<JWTClaimsSet.Builder> said = claims -> claims;

  /// How the token is signed.
  volatile JWSAlgorithm algorithm = JWSAlgorithm.RS256;

  /// How it calls itself, where a test wants something else.
  volatile @Nullable String name;

  volatile Map<String, String> asked = Map.of();

  public OidcProvider(Clock clock) throws IOException, JOSEException {
    this.clock = clock;
    this.rsa = new RSAKeyGenerator(2048).keyID("one").generate();
    this.ec = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext("/keys", this::keys);
    server.createContext("/token", this::token);
    server.createContext("/authorize", this::page);
    server.start();
  }

  public URI issuer() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /// Signs with another key from now on.
  void changeKeys() throws JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("three").generate();
  }

  private void configuration(HttpExchange exchange) throws IOException {
    String as = name == null ? issuer().toString() : name;
    answer(
        exchange,
        200,
        """
        {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token","jwks_uri":"%s/keys"}
        """
            .formatted(as, issuer(), issuer(), issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        new JWKSet(java.util.List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
  }

  static Map<String, String> query(@Nullable String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : Objects.requireNonNullElse(text, "").split("&", -1)) {
      int sign = part.indexOf('=');
      if (sign > 0) {
        parts.put(
            part.substring(0, sign),
            URLDecoder.decode(part.substring(sign + 1), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  /// Lets the person in, as a browser that was sent here sees it; what it sends them back with.
  Map<String, String> authorize(URI to) {
    Map<String, String> request = query(to.getRawQuery());
    asked = request;
    String code = UUID.randomUUID().toString();
    codes.put(code, request);
    return Map.of("to", request.get("redirect_uri"), "state", request.get("state"), "code", code);
  }

  /// The page on which people say whether they want in.
  private void page(HttpExchange exchange) throws IOException {
    Map<String, String> back = authorize(exchange.getRequestURI());
    String to = back.get("to") + "?state=" + back.get("state");
    byte[] html =
        """
        <!DOCTYPE html><html lang="en"><head><link rel="icon" href="data:,"><title>Provider</title></head><body><h1>Provider</h1>
        <a href="%s&code=%s">Go on</a> <a href="%s&error=access_denied">Refuse</a></body></html>
        """
            .formatted(to, back.get("code"), to)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, html.length);
    exchange.getResponseBody().write(html);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> request = codes.remove(form.getOrDefault("code", ""));
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (CLIENT + ":" + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));
    boolean good =
        request != null
            && ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && "authorization_code".equals(form.get("grant_type"))
            && Objects.equals(request.get("redirect_uri"), form.get("redirect_uri"))
            && "S256".equals(request.get("code_challenge_method"))
            && challenge(form.get("code_verifier")).equals(request.get("code_challenge"));
    if (request == null || !good) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    try {
      answer(
          exchange,
          200,
          "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}"
              .formatted(idToken(request.get("nonce"))));
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private static String challenge(@Nullable String verifier) throws IOException {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(
                      Objects.requireNonNullElse(verifier, "")
                          .getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private String idToken(@Nullable String nonce) throws JOSEException {
    JWTClaimsSet claims =
        said.apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer().toString())
                    .audience(CLIENT)
                    .subject(subject)
                    .issueTime(Date.from(clock.instant()))
                    .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                    .claim("nonce", nonce)
                    .claim("email", subject + "@example.org")
                    .claim("name", "Ann Example"))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm)
                .keyID(algorithm.equals(JWSAlgorithm.ES256) ? ec.getKeyID() : rsa.getKeyID())
                .build(),
            claims);
    JWSSigner signer =
        algorithm.equals(JWSAlgorithm.ES256)
            ? new ECDSASigner(ec)
            : algorithm.equals(JWSAlgorithm.HS256)
                ? new MACSigner(rsa.toRSAPublicKey().getEncoded())
                : new RSASSASigner(rsa);
    token.sign(signer);
    return token.serialize();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
