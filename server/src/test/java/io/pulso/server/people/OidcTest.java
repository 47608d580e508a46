package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pulso.server.access.StoredSecret;
import io.pulso.server.access.Vault;
import io.pulso.server.event.InputException;
import io.pulso.server.outgoing.Outgoing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in with an identity provider, which really runs here.
class OidcTest {
  private static final URI BACK = URI.create("https://pulso.example.org/sign-in/back");

  @TempDir private Path folder;
  private Staffed staffed;
  private OidcProvider provider;
  private Outgoing outgoing;
  private StoredSecret secret;

  @BeforeEach
  void start() throws Exception {
    staffed = new Staffed(folder);
    staffed.add("root@example.org", Role.ADMIN);
    provider = new OidcProvider(staffed.clock);
    outgoing = new Outgoing(List.of("localhost"));
    secret =
        new StoredSecret(
            staffed.store, new Vault(folder.resolve("secret.key"), null), "client_secret", null);
    secret.put(OidcProvider.SECRET);
  }

  @AfterEach
  void stop() throws Exception {
    outgoing.close();
    provider.close();
    staffed.close();
  }

  private Oidc oidc(String claim, Map<String, Role> roles) {
    return new Oidc(
        new OidcSettings(
            provider.issuer(),
            OidcProvider.CLIENT,
            "Provider",
            "email profile",
            claim,
            roles,
            BACK),
        secret,
        outgoing,
        staffed.people,
        staffed.signIn,
        staffed.audit,
        staffed.clock);
  }

  private Oidc.Came in(Oidc oidc, @Nullable Person member) {
    Oidc.Begun begun = oidc.begin(member, "");
    Map<String, String> back = provider.authorize(begun.to());
    return oidc.finish(back(back), begun.cookie(), Staffed.HOME);
  }

  private static Oidc.Back back(Map<String, String> back) {
    return new Oidc.Back(back.get("state"), back.get("code"), null, null);
  }

  private void refused(UnaryOperator<JWTClaimsSet.Builder> said, String why) {
    provider.said = said;
    Oidc oidc = oidc("", Map.of());
    int before = staffed.people.all().size();
    assertThatThrownBy(() -> in(oidc, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why);
    assertThat(staffed.people.all()).hasSize(before);
  }

  @Test
  void somebody_new_becomes_a_viewer_and_is_the_same_person_next_time() {
    Oidc oidc = oidc("", Map.of());
    Oidc.Came first = in(oidc, null);
    Person person = first.started().session().person();
    assertThat(person.role()).isEqualTo(Role.VIEWER);
    assertThat(person.name()).isEqualTo("Ann Example");
    assertThat(person.isLinked()).isTrue();
    assertThat(provider.asked)
        .containsEntry("redirect_uri", BACK.toString())
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid email profile")
        .containsEntry("code_challenge_method", "S256");
    Person again = in(oidc, null).started().session().person();
    assertThat(again.id()).isEqualTo(person.id());
    assertThat(staffed.sessions.find(first.started().cookieValue())).isNotNull();
  }

  @Test
  void a_person_is_known_by_the_subject_and_never_by_the_address() {
    Person ann = staffed.add("ann@example.org", Role.MANAGER);
    provider.said = claims -> claims.claim("email", "ann@example.org");
    Oidc oidc = oidc("", Map.of());
    assertThatThrownBy(() -> in(oidc, null)).isInstanceOf(PeopleException.class);
    assertThat(Objects.requireNonNull(staffed.people.find(ann.id())).isLinked()).isFalse();
    Oidc.Came linked = in(oidc, ann);
    assertThat(linked.linked()).isTrue();
    provider.said = claims -> claims.claim("email", "renamed@example.org");
    assertThat(in(oidc, null).started().session().person().id()).isEqualTo(ann.id());
    Person bob = staffed.add("bob@example.org", Role.VIEWER);
    assertThatThrownBy(() -> in(oidc, bob)).hasMessageContaining("somebody else");
  }

  @Test
  void roles_come_from_the_claim_where_one_is_named_else_a_viewers() {
    Map<String, Role> roles = Map.of("team/admins", Role.ADMIN, "team/data", Role.ANALYST);
    Oidc mapped = oidc("groups", roles);
    provider.said = claims -> claims.claim("groups", List.of("other", "team/data", "admin"));
    assertThat(in(mapped, null).started().session().person().role()).isEqualTo(Role.ANALYST);
    provider.said = claims -> claims.claim("groups", List.of("team/data", "team/admins"));
    Oidc.Came admin = in(mapped, null);
    assertThat(admin.started().session().person().role()).isEqualTo(Role.ADMIN);
    provider.said = claims -> claims;
    assertThat(in(mapped, null).started().session().person().role()).isEqualTo(Role.VIEWER);
    assertThat(staffed.sessions.find(admin.started().cookieValue()))
        .as("another role ends older sessions")
        .isNull();
    provider.said = claims -> claims.claim("realm", Map.of("roles", List.of("manager")));
    assertThat(in(oidc("realm.roles", Map.of()), null).started().session().person().role())
        .isEqualTo(Role.MANAGER);
  }

  @Test
  void keys_of_both_kinds_are_believed_and_no_other_algorithm() {
    provider.algorithm = JWSAlgorithm.ES256;
    assertThat(in(oidc("", Map.of()), null).started()).isNotNull();
    for (JWSAlgorithm other : List.of(JWSAlgorithm.HS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      provider.algorithm = other;
      refused(claims -> claims, "not signed");
    }
  }

  @Test
  void new_keys_are_read_when_they_come() throws Exception {
    Oidc oidc = oidc("", Map.of());
    in(oidc, null);
    provider.changeKeys();
    assertThatThrownBy(() -> in(oidc, null))
        .as("not for every token that is badly signed")
        .hasMessageContaining("not signed");
    staffed.clock.forward(Duration.ofSeconds(61));
    assertThat(in(oidc, null).started()).isNotNull();
  }

  @Test
  void what_a_token_must_say_is_checked() {
    refused(claims -> claims.issuer("https://other.example.org"), "another issuer");
    refused(claims -> claims.audience("other"), "another client");
    refused(claims -> claims.audience(List.of("pulso", "other")), "for another client");
    refused(claims -> claims.claim("azp", "other"), "for another client");
    refused(claims -> claims.claim("nonce", "other"), "another sign-in");
    refused(claims -> claims.claim("nonce", null), "another sign-in");
    refused(claims -> claims.expirationTime(null), "expired");
    refused(
        claims -> claims.expirationTime(Date.from(staffed.clock.instant().minusSeconds(61))),
        "expired");
    refused(claims -> claims.issueTime(Date.from(staffed.clock.instant().plusSeconds(90))), "yet");
    refused(
        claims -> claims.notBeforeTime(Date.from(staffed.clock.instant().plusSeconds(90))), "yet");
    refused(claims -> claims.subject(""), "nobody");
    provider.name = "https://other.example.org";
    refused(claims -> claims, "names itself");
  }

  @Test
  void what_comes_back_must_have_begun_in_this_browser() {
    Oidc oidc = oidc("", Map.of());
    Oidc.Begun mine = oidc.begin(null, "");
    Oidc.Begun other = oidc.begin(null, "");
    Map<String, String> back = provider.authorize(mine.to());
    assertThatThrownBy(() -> oidc.finish(back(back), null, Staffed.HOME))
        .hasMessageContaining("did not begin in this browser");
    assertThatThrownBy(() -> oidc.finish(back(back), other.cookie(), Staffed.HOME))
        .hasMessageContaining("did not begin in this browser");
    assertThatThrownBy(() -> oidc.finish(back(back), mine.cookie() + "x", Staffed.HOME))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> oidc("", Map.of()).finish(back(back), mine.cookie(), Staffed.HOME))
        .as("signed by another server")
        .hasMessageContaining("did not begin in this browser");
    assertThatThrownBy(() ->
            oidc.finish(
                new Oidc.Back(
                    back.get("state"), back.get("code"), "https://other.example.org", null),
                mine.cookie(),
                Staffed.HOME))
        .hasMessageContaining("another identity provider");
    assertThat(oidc.finish(back(back), mine.cookie(), Staffed.HOME).started()).isNotNull();
    assertThatThrownBy(() -> oidc.finish(back(back), mine.cookie(), Staffed.HOME))
        .as("a code holds once")
        .hasMessageContaining("no ID token");
    Oidc.Begun old = oidc.begin(null, "");
    Map<String, String> late = provider.authorize(old.to());
    staffed.clock.forward(Duration.ofMinutes(10));
    assertThatThrownBy(() -> oidc.finish(back(late), old.cookie(), Staffed.HOME))
        .hasMessageContaining("longer ago");
  }

  @Test
  void whom_the_provider_refuses_is_told_so_only_where_it_began_here() {
    Oidc oidc = oidc("", Map.of());
    Oidc.Begun begun = oidc.begin(null, "");
    String state = provider.authorize(begun.to()).get("state");
    Oidc.Back refused = new Oidc.Back(state, null, null, "access_denied");
    assertThatThrownBy(() -> oidc.finish(refused, begun.cookie(), Staffed.HOME))
        .isInstanceOfSatisfying(
            PeopleException.class,
            e -> assertThat(e.fault()).isEqualTo(PeopleException.Fault.PROVIDER_REFUSED));
    assertThatThrownBy(() -> oidc.finish(refused, null, Staffed.HOME))
        .hasMessageContaining("did not begin in this browser");
  }

  @Test
  void a_code_of_another_browsers_journey_is_worth_nothing() {
    Oidc oidc = oidc("", Map.of());
    Oidc.Begun victim = oidc.begin(null, "");
    Oidc.Begun thief = oidc.begin(null, "");
    String stolen = provider.authorize(victim.to()).get("code");
    String state = OidcProvider.query(thief.to().getRawQuery()).get("state");
    assertThatThrownBy(() ->
            oidc.finish(new Oidc.Back(state, stolen, null, null), thief.cookie(), Staffed.HOME))
        .as("PKCE")
        .hasMessageContaining("no ID token");
  }

  @Test
  void the_clients_secret_is_stored_encrypted_and_the_environment_wins() {
    assertThat(staffed.store.setting("client_secret"))
        .isNotNull()
        .doesNotContain("secret", OidcProvider.SECRET);
    StoredSecret given =
        new StoredSecret(
            staffed.store, new Vault(folder.resolve("secret.key"), null), "client_secret", "other");
    assertThat(secret.find()).contains(OidcProvider.SECRET);
    assertThat(given.find()).contains("other");
    secret.put("wrong");
    assertThatThrownBy(() -> in(oidc("", Map.of()), null)).hasMessageContaining("no ID token");
  }
}
