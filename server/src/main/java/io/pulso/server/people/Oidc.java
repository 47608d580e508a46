package io.pulso.server.people;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pulso.engine.json.Json;
import io.pulso.server.access.StoredSecret;
import io.pulso.server.event.InputException;
import io.pulso.server.outgoing.Outgoing;
import io.pulso.server.people.PeopleException.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way in by an identity provider: OpenID Connect with code, PKCE, state and nonce. A person is
/// known by issuer and subject, never by the e-mail address that the provider tells.
public final class Oidc {
  private static final int OK = 200;
  private static final int LONGEST_PAGE = 1_000;

  private final OidcSettings settings;
  private final StoredSecret secret;
  private final Outgoing outgoing;
  private final People people;
  private final SignIn signIn;
  private final Audit audit;
  private final Clock clock;
  private final Provider provider;
  private final OidcState.Signer signer = new OidcState.Signer();

  /// @param secret of this server as a client; none for a public one
  public Oidc(
      OidcSettings settings,
      StoredSecret secret,
      Outgoing outgoing,
      People people,
      SignIn signIn,
      Audit audit,
      Clock clock) {
    this.settings = settings;
    this.secret = secret;
    this.outgoing = outgoing;
    this.people = people;
    this.signIn = signIn;
    this.audit = audit;
    this.clock = clock;
    this.provider = new Provider(settings, outgoing, clock);
  }

  /// The beginning of a way to the provider.
  ///
  /// @param to where the browser goes
  /// @param cookie what it keeps meanwhile
  public record Begun(URI to, String cookie) {}

  /// What the provider sent a browser back with.
  ///
  /// @param issuer null where it does not say
  /// @param error why it lets nobody in, in one word; null where it does
  public record Back(
      @Nullable String state,
      @Nullable String code,
      @Nullable String issuer,
      @Nullable String error) {}

  /// Whom somebody who came back became.
  ///
  /// @param linked whether they were signed in before, and only linked
  /// @param page where they wanted to go
  public record Came(Sessions.Started started, boolean linked, String page) {}

  /// The secret of this server as a client of the provider.
  public StoredSecret secret() {
    return secret;
  }

  /// What the button says.
  public String name() {
    return settings.name();
  }

  /// Sends a browser to the provider.
  ///
  /// @param member who is to be linked with their account there; null to sign in
  /// @param page where they want to go; left out where it is so long that no cookie holds it
  public Begun begin(@Nullable Person member, String page) {
    OidcState state =
        OidcState.fresh(
            member == null ? "" : member.id(),
            page.length() > LONGEST_PAGE ? "" : page,
            clock.instant());
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("response_type", "code");
    asked.put("client_id", settings.client());
    asked.put("redirect_uri", settings.back().toString());
    asked.put("scope", ("openid " + settings.scopes()).strip());
    asked.put("state", state.state());
    asked.put("nonce", state.nonce());
    asked.put("code_challenge", state.challenge());
    asked.put("code_challenge_method", "S256");
    String to = provider.places().authorize().toString();
    return new Begun(
        URI.create(to + (to.contains("?") ? "&" : "?") + query(asked)), signer.seal(state));
  }

  private static String query(Map<String, String> parts) {
    return parts.entrySet().stream()
        .map(part ->
            part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// Lets somebody in who comes back from the provider.
  ///
  /// @param cookie what the browser kept
  /// @param address of the browser
  public Came finish(Back back, @Nullable String cookie, String address) {
    OidcState begun = cookie == null ? null : signer.open(cookie, clock.instant());
    String state = back.state();
    String code = back.code();
    if (begun == null
        || state == null
        || (code == null && back.error() == null)
        || !MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8),
            begun.state().getBytes(StandardCharsets.UTF_8))) {
      throw new InputException(
          "this did not begin in this browser, or longer ago than ten minutes");
    }
    if (back.issuer() != null && !settings.issuer().toString().equals(back.issuer())) {
      throw new InputException("this came back from another identity provider");
    }
    if (code == null || back.error() != null) {
      throw new PeopleException(
          Fault.PROVIDER_REFUSED, "the provider let nobody in: " + back.error());
    }
    JWTClaimsSet claims = provider.claims(token(code, begun));
    if (!begun.nonce().equals(Provider.texts(claims, "nonce").stream().findFirst().orElse(""))) {
      throw new InputException("the ID token was made for another sign-in");
    }
    return came(claims, begun, address);
  }

  private String token(String code, OidcState begun) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", settings.back().toString());
    form.put("client_id", settings.client());
    form.put("code_verifier", begun.verifier());
    Map<String, String> headers = new LinkedHashMap<>();
    Provider.Places places = provider.places();
    secret
        .find()
        .ifPresent(value -> {
          if (places.basic()) {
            headers.put("Authorization", "Basic " + basic(value));
          } else {
            form.put("client_secret", value);
          }
        });
    Outgoing.Reply reply = outgoing.post(places.token(), headers, form);
    Json.Obj said = reply.status() == OK ? Provider.object(reply.body()) : Json.Obj.EMPTY;
    String token = Provider.text(said, "id_token");
    if (token.isEmpty()) {
      throw new InputException(
          "the identity provider gave no ID token (status %d)".formatted(reply.status()));
    }
    return token;
  }

  private String basic(String value) {
    String both =
        URLEncoder.encode(settings.client(), StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private Came came(JWTClaimsSet claims, OidcState begun, String address) {
    String issuer = settings.issuer().toString();
    Person known = people.byIssuer(issuer, claims.getSubject());
    if (!begun.member().isEmpty()) {
      Person member = people.find(begun.member());
      if (member == null || (known != null && !known.id().equals(member.id()))) {
        throw new PeopleException(
            Fault.PROVIDER_TAKEN, "somebody else is linked with this account at the provider");
      }
      people.link(member.id(), issuer, claims.getSubject());
      return new Came(signIn.start(member, address), true, begun.page());
    }
    Person person = known == null ? added(claims, address) : known;
    return new Came(signIn.start(withRole(person, claims, address), address), false, begun.page());
  }

  private Person added(JWTClaimsSet claims, String address) {
    if (!people.hasAdministrator()) {
      throw new InputException("the first administrator signs in with the one-time link");
    }
    String email = Provider.texts(claims, "email").stream().findFirst().orElse("");
    String name = Provider.texts(claims, "name").stream().findFirst().orElse(email);
    Person added =
        people.add(
            new People.Wanted(email, name, role(claims), "", null),
            settings.issuer().toString(),
            claims.getSubject());
    audit.add(
        Audit.Actor.of(added, address),
        AuditAction.PERSON_ADDED,
        Map.of("of", added.email(), "after", added.role().word()));
    return added;
  }

  /// The provider decides on roles where it tells them; the only administrator stays one.
  private Person withRole(Person person, JWTClaimsSet claims, String address) {
    Role role = settings.roleClaim().isEmpty() ? person.role() : role(claims);
    if (role == person.role()) {
      return person;
    }
    try {
      Person changed = people.change(person.with(role));
      audit.add(
          Audit.Actor.of(person, address),
          AuditAction.PERSON_CHANGED,
          Map.of("of", person.email(), "before", person.role().word(), "after", role.word()));
      return changed;
    } catch (PeopleException e) {
      if (e.fault() == Fault.ONLY_ADMINISTRATOR) {
        return person;
      }
      throw e;
    }
  }

  /// The greatest role that the claim tells; that of a viewer where it tells none.
  private Role role(JWTClaimsSet claims) {
    List<Role> told = new ArrayList<>();
    if (!settings.roleClaim().isEmpty()) {
      for (String word : Provider.texts(claims, settings.roleClaim())) {
        Role mapped = settings.roles().get(word);
        if (mapped != null) {
          told.add(mapped);
        } else if (settings.roles().isEmpty() && Role.isWord(word)) {
          told.add(Role.of(word));
        }
      }
    }
    return told.stream().max(Comparator.naturalOrder()).orElse(Role.VIEWER);
  }
}
