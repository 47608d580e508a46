package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody sees.
class SightTest {
  private static final String ME = "ann@example.org";
  private static final Sight MASKING = new Sight(null, Set.of("email", "name"));

  private static Sight of(String accounts) {
    return Sight.of(accounts, ME, Set.of());
  }

  @Test
  void me_is_the_persons_address_where_it_is_a_word_of_its_own() {
    assertThat(of("account.owner == me").accounts())
        .isEqualTo(of("account.owner == \"ann@example.org\"").accounts());
    assertThat(of("me == account.owner || account.team in [ me , \"x\"]").accounts())
        .isEqualTo(
            of("\"ann@example.org\" == account.owner || account.team in [\"ann@example.org\", \"x\"]")
                .accounts());
    for (String other :
        List.of(
            "account.me == \"x\"",
            "account . me == \"x\"",
            "account.owner == \"me\"",
            "account.owner == 'a \\' me'",
            "account.some_me == \"x\"")) {
      assertThat(Sight.of(other, ME, Set.of()).accounts())
          .as(other)
          .isEqualTo(Sight.of(other, "somebody@else", Set.of()).accounts());
    }
  }

  @Test
  void an_address_cannot_change_the_condition() {
    Sight hostile = Sight.of("account.owner == me", "a\" || true || \"", Set.of());
    assertThat(hostile.accounts()).isNotEqualTo(of("true").accounts());
    assertThat(String.valueOf(hostile.accounts())).contains("Compare", "|| true ||");
  }

  @Test
  void nothing_means_everybody() {
    assertThat(of(" ").seesAll()).isTrue();
    assertThat(of("account.owner == me").seesAll()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "traits.plan == \"pro\"",
        "score > 50",
        "owner == me",
        "account.owner == me)",
        "me",
        "account.owner == you",
        "count(\"Login\", \"7d\") > 1"
      })
  void other_conditions_are_refused(String condition) {
    assertThatThrownBy(() -> of(condition))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the accounts: ");
  }

  @Test
  void personal_traits_are_masked_in_whatever_case_and_others_are_not() {
    Json.Obj told =
        new Json.Obj(
            Map.of(
                "Email", new Json.Str("bob@example.org"),
                "name", new Json.Str("Bob"),
                "plan", new Json.Str("pro")));
    Json.Obj shown = MASKING.traits(told);
    assertThat(shown.fields())
        .containsEntry("Email", new Json.Str(Sight.MASK))
        .containsEntry("name", new Json.Str(Sight.MASK))
        .containsEntry("plan", new Json.Str("pro"));
    assertThat(Sight.ALL.traits(told)).isEqualTo(told);
    assertThat(MASKING.of(Model.Subject.ACCOUNT).traits(told)).isEqualTo(told);
  }

  @Test
  void who_may_not_see_a_trait_may_not_ask_for_it_either() {
    for (String filter :
        List.of(
            "traits.email == \"bob@example.org\"",
            "!(traits.plan == \"pro\" || traits.Name.startsWith(\"B\"))",
            "score > 10 && has(traits.email)",
            "size(traits.name) > 3",
            "traits[\"email\"].matches(\"^b\")")) {
      assertThatThrownBy(() -> MASKING.allow(Cel.read(filter, Cel.Scope.LIST)))
          .as(filter)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("personal trait");
      Sight.ALL.allow(Cel.read(filter, Cel.Scope.LIST));
    }
    MASKING.allow(Cel.read("traits.plan == \"name\" && account.name == \"Acme\"", Cel.Scope.LIST));
  }
}
