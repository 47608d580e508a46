package io.pulso.server.ingest;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Tokens that prove who a browser's user is: JWTs signed with a secret of the source (HS256), for
/// one user, of at most one hour.
public final class UserTokens {
  private static final int LONGEST = 4_096;
  private static final long HOUR = 3_600;

  /// How far the clocks of the signer and of this machine may differ, in seconds.
  private static final long LEEWAY = 60;

  private final Secrets secrets;

  /// The secrets of sources.
  public interface Secrets {
    /// The secret with that id; null when there is none of this source that holds.
    byte @Nullable [] find(String source, String kid);
  }

  public UserTokens(Secrets secrets) {
    this.secrets = secrets;
  }

  /// Why a token does not prove that its sender is that user; null when it does.
  ///
  /// @param now in seconds since 1970
  @Nullable String fault(String token, String user, String source, long now) {
    String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3) {
      return "the userToken is no JWT";
    }
    try {
      Map<String, Json> head = object(parts[0]);
      if (!(head.get("alg") instanceof Json.Str(String alg)) || !alg.equals("HS256")) {
        return "the userToken is not signed with HS256";
      }
      if (!(head.get("kid") instanceof Json.Str(String kid))) {
        return "the userToken has no kid";
      }
      byte[] secret = secrets.find(source, kid);
      if (secret == null) {
        return "the userToken is signed with a secret that does not hold";
      }
      byte[] signed = (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!MessageDigest.isEqual(mac(secret, signed), decoded(parts[2]))) {
        return "the signature of the userToken is wrong";
      }
      return claims(object(parts[1]), user, source, now);
    } catch (IllegalArgumentException | JsonFault e) {
      return "the userToken is no JWT";
    }
  }

  private static @Nullable String claims(
      Map<String, Json> claims, String user, String source, long now) {
    if (!(claims.get("sub") instanceof Json.Str(String sub)) || !sub.equals(user)) {
      return "the userToken is for somebody else";
    }
    if (!isFor(claims.get("aud"), source)) {
      return "the userToken is not for this source";
    }
    if (!(claims.get("exp") instanceof Json.Num(double exp))) {
      return "the userToken has no exp";
    }
    if (exp <= now - LEEWAY) {
      return "the userToken has expired";
    }
    if (exp > now + HOUR + LEEWAY) {
      return "the userToken holds for more than an hour";
    }
    boolean early = claims.get("nbf") instanceof Json.Num(double from) && from > now + LEEWAY;
    return early ? "the userToken does not hold yet" : null;
  }

  private static boolean isFor(@Nullable Json audience, String source) {
    return switch (audience) {
      case Json.Str(String one) -> one.equals(source);
      case Json.Arr many -> many.items().contains(new Json.Str(source));
      case null, default -> false;
    };
  }

  private static Map<String, Json> object(String part) throws JsonFault {
    Json value = JsonText.read(new String(decoded(part), StandardCharsets.UTF_8));
    return value instanceof Json.Obj object ? object.fields() : Map.of();
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static byte[] mac(byte[] secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
