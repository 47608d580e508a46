package io.pulso.server.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens as a company's server signs them for its users.
final class Jwts {
  private Jwts() {}

  static String token(String kid, String user, String source, long exp, String secret)
      throws GeneralSecurityException {
    String signed =
        part("{\"alg\":\"HS256\",\"kid\":\"%s\"}".formatted(kid))
            + "."
            + part("{\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(user, source, exp));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String part(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
