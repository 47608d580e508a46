package io.pulso.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.json.JsonFault.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ \"b\" : 1.0 , \"a\" : [ ] }|{\"b\":1,\"a\":[]}",
        "-0.0|0",
        "1e3|1000",
        "1E-7|0.0000001",
        "12.50|12.5",
        "0.1|0.1",
        "100|100",
        "1e22|10000000000000000000000",
        "12345678901234567890|12345678901234567000",
        "123456789.123456789012|123456789.12345679",
        "\"\\u0041\\/\\n\\u0000\"|\"A/\\n\\u0000\"",
        "[true,false,null,{}]|[true,false,null,{}]",
        "\"\\ud83d\\ude00\"|\"😀\"",
      })
  void a_value_has_one_text(String text, String canonical) throws JsonFault {
    assertThat(JsonText.write(JsonText.read(text))).isEqualTo(canonical);
    assertThat(copy(text)).isEqualTo(canonical);
  }

  @Test
  void lone_surrogates_are_replaced() throws JsonFault {
    assertThat(JsonText.read("\"a\\ud800b\"")).isEqualTo(new Json.Str("a\uFFFDb"));
    assertThat(copy("\"a\\udc00\"")).isEqualTo("\"a\uFFFD\"");
    assertThat(JsonText.read("\"\ud800\"")).isEqualTo(new Json.Str("\uFFFD"));
    assertThat(JsonText.write(new Json.Str("x\ud800"))).isEqualTo("\"x\uFFFD\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1,\"a\":2}|DUPLICATE_KEY",
        "{\"\\ud800\":1}|SYNTAX",
        "1e400|NUMBER",
        "-1e100000000|NUMBER",
        "{\"a\":1|SYNTAX",
        "{\"a\":1} 2|SYNTAX",
        "NaN|SYNTAX",
        "01|SYNTAX",
        "[1,]|SYNTAX",
        "~~|SYNTAX",
        "]|SYNTAX",
      })
  void what_is_wrong_is_told_by_its_kind(String text, Kind kind) {
    assertThatThrownBy(() -> JsonText.read(text))
        .isInstanceOfSatisfying(JsonFault.class, f -> assertThat(f.kind()).isEqualTo(kind));
    assertThatThrownBy(() -> copy(text))
        .isInstanceOfSatisfying(JsonFault.class, f -> assertThat(f.kind()).isEqualTo(kind));
  }

  @Test
  void thirty_two_levels_are_read_and_no_more() throws JsonFault {
    assertThat(copy("[".repeat(32) + "]".repeat(32))).hasSize(64);
    JsonText.read("[".repeat(32) + "]".repeat(32));
    faults("[".repeat(33) + "]".repeat(33), Kind.TOO_DEEP);
    faults("[".repeat(5000) + "]".repeat(5000), Kind.TOO_DEEP);
    faults("{\"a\":".repeat(33) + "1" + "}".repeat(33), Kind.TOO_DEEP);
  }

  @Test
  void two_hundred_and_fifty_six_keys_are_read_and_no_more() throws JsonFault {
    JsonText.read(keys(256));
    faults(keys(257), Kind.TOO_MANY_KEYS);
    faults("[" + keys(200) + "," + keys(57) + "]", Kind.TOO_MANY_KEYS);
  }

  @Test
  void the_same_key_may_stand_in_two_objects() throws JsonFault {
    assertThat(copy("{\"a\":{\"a\":1},\"b\":{\"a\":[{\"a\":2},{\"a\":3}]}}"))
        .isEqualTo("{\"a\":{\"a\":1},\"b\":{\"a\":[{\"a\":2},{\"a\":3}]}}");
  }

  @Test
  void a_number_of_two_thousand_digits_is_refused_at_once() {
    faults("1".repeat(2_000), Kind.NUMBER);
  }

  @Test
  void plain_is_the_shortest_decimal_text_of_every_double() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(d)) {
        samePlain(d);
      }
      samePlain(random.nextInt(2_000_000) / 100.0);
    }
    samePlain(-0.0);
    samePlain(1e15);
    samePlain(-9007199254740992.0);
    samePlain(Double.MIN_VALUE);
  }

  private static void samePlain(double d) {
    BigDecimal exact = new BigDecimal(Double.toString(d)).stripTrailingZeros();
    assertThat(JsonText.plain(d)).isEqualTo(exact.toPlainString());
  }

  @Test
  void copying_and_writing_what_was_read_give_the_same_text() throws JsonFault {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      RandomJson.append(random, text, 0);
      String canonical = JsonText.write(JsonText.read(text.toString()));
      assertThat(copy(text.toString())).isEqualTo(canonical);
      assertThat(copy(canonical)).isEqualTo(canonical);
    }
  }

  @Test
  void the_fields_of_a_copied_object_are_told_once_each() throws JsonFault {
    StringBuilder told = new StringBuilder();
    StringBuilder out = new StringBuilder();
    byte[] utf8 = "{\"a\":1,\"b\":{\"c\":2}}".getBytes(StandardCharsets.UTF_8);
    try (var parser = JsonText.parser(utf8, 0, utf8.length)) {
      JsonText.next(parser);
      new JsonCopy(new JsonLimits()).object(parser, out, (key, p) -> told.append(key));
    }
    assertThat(told.toString()).isEqualTo("ab");
    assertThat(out.toString()).isEqualTo("{\"a\":1,\"b\":{\"c\":2}}");
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void faults(String text, Kind kind) {
    what(() -> JsonText.read(text), kind);
    what(() -> copy(text), kind);
  }

  private static void what(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(JsonFault.class, f -> assertThat(f.kind()).isEqualTo(kind));
  }

  private static String copy(String text) throws JsonFault {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder();
    try (var parser = JsonText.parser(utf8, 0, utf8.length)) {
      JsonText.next(parser);
      new JsonCopy(new JsonLimits()).value(parser, out);
      JsonText.end(parser);
    }
    return out.toString();
  }
}
