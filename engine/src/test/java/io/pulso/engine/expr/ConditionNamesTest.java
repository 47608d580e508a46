package io.pulso.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Path.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "event == 'a' => event == 'a'",
        "event == 'a' && channel == 'web' => event == 'a'",
        "event == 'a' || channel == 'web' => true",
        "!(event == 'a') => !(event == 'a')",
        "!(event == 'a' && channel == 'web') => true",
        "!(event == 'a' || channel == 'web') => !(event == 'a')",
        "!(properties.x == 1) => true",
        "!!(event == 'a' && has(value)) && name == 'b' => event == 'a' && name == 'b'",
        "(event == 'a' && has(value)) || (event == 'b' && has(value)) => event == 'a' || event == 'b'",
        "(event == 'a') == (name == 'b') => (event == 'a') == (name == 'b')",
        "(event == 'a') == has(value) => true",
        "event == 'a' || false => event == 'a'",
        "false && has(value) => false",
        "has(name) && event in ['a', 'b'] && type == 'page' && value > 1 => has(name) && event in ['a', 'b'] && type == 'page'",
      })
  void a_guard_asks_only_for_names(String text, String guard) {
    assertThat(ConditionNames.guard(read(text))).isEqualTo(read(guard));
    assertThat(ConditionNames.onlyNames(ConditionNames.guard(read(text)))).isTrue();
  }

  @Test
  void only_names_means_event_name_and_type() {
    assertThat(ConditionNames.onlyNames(read("event == 'a' && has(name) || type in ['page']")))
        .isTrue();
    assertThat(ConditionNames.onlyNames(read("event == 'a' && channel == 'web'"))).isFalse();
    assertThat(ConditionNames.onlyNames(read("(value > 1) == (event == 'a')"))).isFalse();
  }

  @Test
  void a_root_is_read_wherever_it_stands() {
    Condition condition = read("!(size(traits.x) > 1) || (account.y in [1]) == (event == 'a')");
    assertThat(ConditionNames.reads(condition, Root.TRAITS)).isTrue();
    assertThat(ConditionNames.reads(condition, Root.ACCOUNT)).isTrue();
    assertThat(ConditionNames.reads(condition, Root.EVENT)).isTrue();
    assertThat(ConditionNames.reads(condition, Root.PROPERTIES)).isFalse();
  }

  private static Condition read(String text) {
    return Cel.read(text, Cel.Scope.EVENT).condition();
  }
}
