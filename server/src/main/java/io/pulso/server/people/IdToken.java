package io.pulso.server.people;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pulso.server.event.InputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an ID token must say beside a good signature.
final class IdToken {
  /// How far the clocks of the provider and of this machine may differ.
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final int LONGEST_SUBJECT = 255;

  private IdToken() {}

  static void check(JWTClaimsSet claims, OidcSettings settings, Instant now) {
    if (!settings.issuer().toString().equals(claims.getIssuer())) {
      throw new InputException("the ID token is from another issuer");
    }
    List<String> audience = claims.getAudience();
    if (!audience.contains(settings.client())) {
      throw new InputException("the ID token is for another client");
    }
    Object party = claims.getClaim("azp");
    if (party == null ? audience.size() > 1 : !party.equals(settings.client())) {
      throw new InputException("the ID token was made for another client");
    }
    Date end = claims.getExpirationTime();
    if (end == null || !now.isBefore(end.toInstant().plus(LEEWAY))) {
      throw new InputException("the ID token has expired; is the clock of this machine right?");
    }
    if (isAhead(claims.getIssueTime(), now) || isAhead(claims.getNotBeforeTime(), now)) {
      throw new InputException(
          "the ID token does not hold yet; is the clock of this machine right?");
    }
    String subject = claims.getSubject();
    if (subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
      throw new InputException("the ID token names nobody");
    }
  }

  private static boolean isAhead(@Nullable Date from, Instant now) {
    return from != null && from.toInstant().isAfter(now.plus(LEEWAY));
  }
}
