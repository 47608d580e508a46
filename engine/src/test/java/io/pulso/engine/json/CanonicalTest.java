package io.pulso.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "{\"a\":\"x y\",\"b\":-12.5,\"c\":true,\"d\":false,\"e\":null,\"f\":0,\"名\":\"字\"}",
        "{\"\":\"\"}",
        "{\"a\":0.000001,\"b\":999999999999999}"
      })
  void usual_objects_are_recognised(String text) throws JsonFault {
    assertThat(Canonical.isFlatObject(text)).isTrue();
    assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{",
        "}",
        "null",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1}x",
        "{\"a\":1 }",
        "{ \"a\":1}",
        "{\"a\": 1}",
        "{\"a\":1\"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":0.0}",
        "{\"a\":1.50}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e3}",
        "{\"a\":+1}",
        "{\"a\":1234567890123456}",
        "{\"a\":1.2.3}",
        "{\"a\":-}",
        "{\"a\":tru}",
        "{\"a\":truex}",
        "{\"a\":{}}",
        "{\"a\":[1]}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\uD83D\uDE00\"}",
        "{\"a\":\"x}",
        "{a:1}",
        "{\"a\":1}}"
      })
  void others_are_left_to_be_read(String text) {
    assertThat(Canonical.isFlatObject(text)).isFalse();
  }

  @Test
  void keys_that_are_asked_for_are_found() {
    assertThat(Canonical.isFlatObject("{\"a\":1,\"value\":2}", "channel", "value")).isFalse();
    assertThat(Canonical.isFlatObject("{\"a\":1,\"values\":2}", "channel", "value")).isTrue();
    assertThat(Canonical.isFlatObject("{\"a\":\"value\"}", "value")).isTrue();
  }

  @Test
  void what_is_recognised_is_canonical_whatever_happens_to_a_text() throws JsonFault {
    RandomGenerator dice = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    String marks = "{}[]\",:.-+eE0123456789atrufalsn \\\u0000é";
    String start = "{\"ab\":\"c\",\"d\":-12.05,\"e\":true,\"f\":null,\"g\":0}";
    int recognised = 0;
    for (int round = 0; round < 300_000; round++) {
      StringBuilder text = new StringBuilder(start);
      for (int change = dice.nextInt(1, 4); change > 0; change--) {
        char mark = marks.charAt(dice.nextInt(marks.length()));
        int at = dice.nextInt(text.length());
        switch (dice.nextInt(3)) {
          case 0 -> text.setCharAt(at, mark);
          case 1 -> text.insert(at, mark);
          default -> text.deleteCharAt(at);
        }
      }
      if (Canonical.isFlatObject(text.toString())) {
        recognised++;
        assertThat(JsonText.write(JsonText.read(text.toString()))).isEqualTo(text.toString());
      }
    }
    assertThat(recognised).isGreaterThan(10_000);
  }
}
