package io.pulso.server.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.outgoing.Outgoing;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an identity provider says of itself, and the keys with which it signs.
final class Provider {
  private static final Set<JWSAlgorithm> SIGNED = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final int OK = 200;

  private final OidcSettings settings;
  private final Outgoing outgoing;
  private final Clock clock;
  private @Nullable Known known;

  private record Known(Places places, JWKSet keys, Instant read) {}

  /// Its addresses.
  ///
  /// @param basic whether it takes the secret of a client in the head
  record Places(URI authorize, URI token, URI keys, boolean basic) {}

  Provider(OidcSettings settings, Outgoing outgoing, Clock clock) {
    this.settings = settings;
    this.outgoing = outgoing;
    this.clock = clock;
  }

  Places places() {
    return known(KEPT).places();
  }

  private synchronized Known known(Duration age) {
    Known have = known;
    Instant now = clock.instant();
    if (have != null && now.isBefore(have.read().plus(age))) {
      return have;
    }
    Places places = discovered();
    try {
      Known made = new Known(places, JWKSet.parse(asked(places.keys())), now);
      known = made;
      return made;
    } catch (ParseException e) {
      throw new InputException("the identity provider's keys cannot be read", e);
    }
  }

  private String asked(URI address) {
    Outgoing.Reply reply = outgoing.get(address);
    if (reply.status() != OK) {
      throw new InputException(
          "%s answered with status %d".formatted(address.getHost(), reply.status()));
    }
    return reply.body();
  }

  private Places discovered() {
    String issuer = settings.issuer().toString();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Json.Obj said = object(asked(URI.create(base + "/.well-known/openid-configuration")));
    if (!issuer.equals(text(said, "issuer"))) {
      throw new InputException(
          "the identity provider names itself '%s' and not '%s', as the setting oidc_issuer says"
              .formatted(text(said, "issuer"), issuer));
    }
    boolean basic =
        !(said.get("token_endpoint_auth_methods_supported") instanceof Json.Arr methods)
            || methods.items().contains(new Json.Str("client_secret_basic"));
    return new Places(
        address(said, "authorization_endpoint"),
        address(said, "token_endpoint"),
        address(said, "jwks_uri"),
        basic);
  }

  private URI address(Json.Obj said, String name) {
    try {
      URI address = URI.create(text(said, name));
      outgoing.check(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw new InputException("the identity provider's %s is no address".formatted(name), e);
    }
  }

  static Json.Obj object(String text) {
    try {
      if (JsonText.read(text) instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonFault e) {
      throw new InputException("the identity provider answered something else than JSON", e);
    }
    throw new InputException("the identity provider answered something else than an object");
  }

  static String text(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Str(String text) ? text : "";
  }

  /// What an ID token says, once its signature, issuer, audience and times are checked.
  JWTClaimsSet claims(String token) {
    JWTClaimsSet claims;
    try {
      claims = verified(token, known(KEPT).keys());
    } catch (BadJOSEException e) {
      claims = verifiedAnew(token, e);
    }
    IdToken.check(claims, settings, clock.instant());
    return claims;
  }

  /// Providers change their keys, so they are read again, but not for every bad token.
  private JWTClaimsSet verifiedAnew(String token, BadJOSEException fault) {
    try {
      return verified(token, known(LEAST).keys());
    } catch (BadJOSEException e) {
      e.addSuppressed(fault);
      throw new InputException("the ID token is not signed by the identity provider", e);
    }
  }

  private static JWTClaimsSet verified(String token, JWKSet keys) throws BadJOSEException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(SIGNED, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    try {
      return processor.process(token, null);
    } catch (ParseException | JOSEException e) {
      throw new InputException("the ID token cannot be read", e);
    }
  }

  /// The values of a claim that is a text or a list of texts.
  static List<String> texts(JWTClaimsSet claims, String name) {
    Object value = claims.getClaim(name);
    for (String part : name.contains(".") && value == null ? name.split("\\.") : new String[0]) {
      value =
          value == null
              ? claims.getClaim(part)
              : value instanceof Map<?, ?> map ? map.get(part) : null;
      if (value == null) {
        return List.of();
      }
    }
    return switch (value) {
      case String text -> List.of(text);
      case List<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
