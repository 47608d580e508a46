package io.pulso.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel.Scope;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final Evaluator.Facts ANN =
      new Evaluator.Facts(
          "Invite Sent",
          null,
          "track",
          "web",
          new Json.Num(12.5),
          object(
              """
              {"n": 5, "zero": -0.0, "s": "5", "t": true, "f": false, "none": null, "list": [1, "a", true, null, [2]],
               "o": {"k": 1, "gone": null, "0": "zero"}, "e\u0301": "e\u0301", "big": 9007199254740993, "😀": "😀",
               "empty": "", "private": "\\uffff", "nul": "a\\u0000b"}
              """),
          Json.Obj.EMPTY,
          null,
          object("{\"seats\": 7}"),
          "shop",
          true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event == 'Invite Sent'",
        "event != 'Other'",
        "channel in ['web', 'app']",
        "value == 12.5 && value > 12 && value <= 13",
        "properties.n == 5 && properties.n == 5.0 && properties.n != 6",
        "properties.zero == 0 && properties.zero <= -0.0",
        "properties.s == '5'",
        "properties.t && properties.t == true && properties.t != false",
        "!properties.f",
        "!properties.missing",
        "!(properties.n == 'x')",
        "has(properties.n) && has(properties.empty) && has(value) && has(source.name)",
        "!has(properties.none) && !has(properties.missing) && !has(name) && !has(traits)",
        "!has(context) && has(properties) && has(account)",
        "properties.list[1] == 'a'",
        "properties.o['0'] == 'zero'",
        "1 in properties.list && 'a' in properties.list && true in properties.list",
        "!(2 in properties.list) && !('b' in properties.list)",
        "'k' in properties.o && 'n' in properties",
        "!('gone' in properties.o) && !('none' in properties) && !('x' in properties.o)",
        "size(properties.list) == 5 && size(properties.o) == 3 && size(properties.empty) == 0",
        "size(properties['e\u0301']) == 2 && size(properties['😀']) == 1 && size(properties.nul) == 3",
        "size(event) == 11 && size(traits) == 0",
        "properties.private < properties['😀']",
        "'a' < 'b' && 'a' < 'aa' && 'Z' < 'a' && '' < 'a'",
        "event.startsWith('Inv') && event.endsWith('Sent') && event.contains('vite S')",
        "event.matches('^I.*t$') && event.matches('vite') && !event.matches('^vite')",
        "source.trusted && source.name == 'shop'",
        "account.seats == 7",
        "(event == 'x') == (name == 'y')",
        "(event == 'x') == false",
        "properties.n == properties.list[0] || properties.n > properties.list[0]",
        "properties.big == 9007199254740992",
      })
  void true_of_ann(String text) {
    assertThat(test(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == 'x'",
        "name != 'x'",
        "properties.s == 5",
        "properties.s != 5",
        "properties.s > 4",
        "properties.n == 'a' || properties.n != 'a'",
        "properties.none == null || properties.none != null || properties.n != null",
        "properties.missing != properties.n",
        "properties.t < properties.f || properties.f < properties.t || properties.t >= properties.t",
        "properties.list == properties.list || properties.o == properties.o",
        "properties.list != properties.o",
        "properties.n",
        "properties.s",
        "properties.f",
        "properties.list['0'] == 1 || properties.list['0'] != 1",
        "properties.o[0] == 'zero' || has(properties.o[0])",
        "properties.list[9] != 1",
        "properties.n in properties.n",
        "1 in properties.o",
        "properties.none in [1, null]",
        "null in properties.list",
        "properties.list in properties.list",
        "properties.n.startsWith('5')",
        "properties.n.matches('5')",
        "event.startsWith(properties.missing)",
        "size(properties.n) >= 0 || size(properties.t) >= 0 || size(properties.missing) >= 0",
        "traits.plan != 'x'",
        "properties.t == 1 || properties.t == 'true'",
        "event in []",
      })
  void false_of_ann(String text) {
    assertThat(test(text)).isFalse();
  }

  @Test
  void a_value_that_is_no_number_is_there_but_compares_with_nothing() {
    Evaluator.Facts quoted =
        new Evaluator.Facts(
            null,
            null,
            "track",
            null,
            new Json.Str("5"),
            Json.Obj.EMPTY,
            Json.Obj.EMPTY,
            null,
            null,
            "s",
            false);
    assertThat(test("has(value)", quoted)).isTrue();
    assertThat(test("value >= 0 || value < 0 || value == properties.x", quoted)).isFalse();
  }

  @Test
  void texts_are_ordered_as_their_code_points() {
    List<String> sorted = new ArrayList<>(List.of("😀", "\uffff", "é", "z", "", "a\0", "a", "😀a"));
    sorted.sort(CodePoints::compare);
    assertThat(sorted).containsExactly("", "a", "a\0", "z", "é", "\uffff", "😀", "😀a");
  }

  private static boolean test(String text) {
    return test(text, ANN);
  }

  private static boolean test(String text, Evaluator.Facts facts) {
    return Evaluator.test(Cel.read(text, Scope.EVENT).condition(), facts);
  }

  private static Json.Obj object(String text) {
    try {
      return (Json.Obj) JsonText.read(text);
    } catch (JsonFault e) {
      throw new IllegalArgumentException(e);
    }
  }
}
