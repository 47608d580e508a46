package io.pulso.server.people;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.access.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What a browser keeps, signed, while its person is at the identity provider.
///
/// @param state that must come back
/// @param nonce that the ID token must hold
/// @param verifier that proves to the provider who began
/// @param member who is to be linked; empty for somebody who signs in
/// @param page where they wanted to go
/// @param until when, in seconds since 1970
record OidcState(
    String state, String nonce, String verifier, String member, String page, long until) {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String MAC = "HmacSHA256";
  private static final int PARTS = 6;

  static OidcState fresh(String member, String page, Instant now) {
    return new OidcState(
        Secret.random("").value(),
        Secret.random("").value(),
        Secret.random("").value(),
        member,
        page,
        now.plus(LIFE).getEpochSecond());
  }

  /// The SHA-256 of the verifier, as PKCE's S256 wants it.
  String challenge() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Signs such states with a key of this process.
  static final class Signer {
    private final SecretKeySpec key;

    Signer() {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      key = new SecretKeySpec(bytes, MAC);
    }

    private byte[] mac(String text) {
      try {
        Mac mac = Mac.getInstance(MAC);
        mac.init(key);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    String seal(OidcState one) {
      String text =
          JsonText.write(
              new Json.Arr(
                  List.of(
                      new Json.Str(one.state()),
                      new Json.Str(one.nonce()),
                      new Json.Str(one.verifier()),
                      new Json.Str(one.member()),
                      new Json.Str(one.page()),
                      new Json.Str(String.valueOf(one.until())))));
      Base64.Encoder coder = Base64.getUrlEncoder().withoutPadding();
      return coder.encodeToString(text.getBytes(StandardCharsets.UTF_8))
          + "."
          + coder.encodeToString(mac(text));
    }

    /// The state again; null where it was not signed here, or is too old.
    @Nullable OidcState open(String sealed, Instant now) {
      try {
        int dot = sealed.indexOf('.');
        if (dot < 0) {
          return null;
        }
        Base64.Decoder coder = Base64.getUrlDecoder();
        String text = new String(coder.decode(sealed.substring(0, dot)), StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(mac(text), coder.decode(sealed.substring(dot + 1)))
            || !(JsonText.read(text) instanceof Json.Arr(List<Json> items))
            || items.size() != PARTS) {
          return null;
        }
        List<String> parts =
            items.stream().map(item -> item instanceof Json.Str(String one) ? one : "").toList();
        OidcState one =
            new OidcState(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                parts.get(3),
                parts.get(4),
                Long.parseLong(parts.get(5)));
        return now.getEpochSecond() < one.until() ? one : null;
      } catch (IllegalArgumentException | JsonFault e) {
        return null;
      }
    }
  }
}
