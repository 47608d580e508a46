package io.pulso.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.pulso.engine.expr.Cel.Scope;
import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.expr.Path.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelTest {
  private static final Path EVENT = new Path(Root.EVENT, List.of());

  @Test
  void a_comparison_becomes_a_condition() {
    assertThat(read("event == \"Invite Sent\""))
        .isEqualTo(
            new Condition.Compare(
                Condition.Comparison.EQUAL, EVENT, new Operand.Str("Invite Sent")));
  }

  @Test
  void a_path_keeps_its_keys_and_positions() {
    assertThat(read("has(properties.a[\"b c\"][0])"))
        .isEqualTo(
            new Condition.Has(
                new Path(
                    Root.PROPERTIES,
                    List.of(new Step.Key("a"), new Step.Key("b c"), new Step.Index(0)))));
  }

  @Test
  void a_long_chain_of_and_is_one_level() {
    String text = "has(value) && ".repeat(140) + "has(value)";
    assertThat(read(text))
        .isInstanceOfSatisfying(Condition.And.class, and -> assertThat(and.all()).hasSize(141));
  }

  @Test
  void the_text_is_kept_as_written() {
    assertThat(Cel.read(" has( value ) ", Scope.EVENT).text()).isEqualTo(" has( value ) ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event == 'a' && name == \"b\" || !(type == 'page') && channel != 'web'",
        "value > 5",
        "value == 1.5",
        "properties.x == 1",
        "properties.x == 'y'",
        "properties.x == true",
        "properties.x == null",
        "properties.x < properties.y",
        "properties.flag",
        "properties['a b'][3].c",
        "source.trusted",
        "source.trusted == true",
        "source.name == 'shop'",
        "event in ['a', 'b']",
        "event in []",
        "properties.x in [1, 'a', true]",
        "'a' in properties.tags",
        "'a' in traits",
        "1 in properties.list",
        "properties.x in properties.list",
        "has(properties.x)",
        "has(traits.plan) == has(account.plan)",
        "size(name) > 3",
        "name.size() > 3",
        "size(properties.items) == 2",
        "size(properties) > 0",
        "name.startsWith('Docs') || name.endsWith(properties.x) || name.contains('a')",
        "name.matches('^/docs/[a-z]+$')",
        "matches(name, 'x')",
        "(event == 'a') == (name == 'b')",
        "-5 < value && value < 9007199254740992 && value > 0x10",
        "true",
        "!!properties.x",
        "event == '''it's''' // a remark",
        "context.page.path == r'\\d'",
        "properties.package == 1 && properties['in'] == 2",
        "\n  event == 'a'\n  && has(properties.x)\n",
      })
  void these_are_read_and_are_cel(String text) throws CelValidationException {
    read(text);
    CelCompiler compiler = standard();
    assertThat(compiler.compile(text).getAst().getResultType())
        .isIn(SimpleType.BOOL, SimpleType.DYN);
  }

  @Test
  void has_takes_a_root_too() {
    assertThat(read("has(value)")).isEqualTo(new Condition.Has(new Path(Root.VALUE, List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "event > 5 => column 7: event is a text and 5 is a number; they are never equal",
        "event == 5 => column 7: event is a text and 5 is a number; they are never equal",
        "value == 'x' => column 7: value is a number and \"x\" is a text; they are never equal",
        "event && true => column 1: event is a text, not true or false; compare it with something",
        "true && value => column 9: value is a number, not true or false; compare it with something",
        "properties => column 1: properties is an object, not true or false; compare it with something",
        "'a' => column 1: \"a\" is a text, not true or false; compare it with something",
        "1 + 1 => column 3: '+' is not part of the language; there is no arithmetic",
        "value == -properties.x => column 10: '-' is not part of the language; there is no arithmetic",
        "name.startsWith(5) => column 17: 5 is a number; a text is needed here",
        "value.contains('a') => column 1: value is a number; a text is needed here",
        "evnt == 'a' => column 1: unknown name 'evnt'; did you mean 'event'?",
        "proprties.x == 1 => column 1: unknown name 'proprties'; did you mean 'properties'?",
        "blargh == 'a' => column 1: unknown name 'blargh'",
        "name.startWith('a') => column 15: unknown function 'startWith'; did you mean 'startsWith'?",
        "name.frobnicate('a') => column 16: unknown function 'frobnicate'",
        "properties.a.exists(x, x > 1) => column 20: 'exists' is not part of the language; lists can be asked with 'in' and size",
        "properties.a.map(x, x) == 1 => column 17: 'map' is not part of the language; lists can be asked with 'in' and size",
        "value > 1 ? true : false => column 11: '? :' is not part of the language; use && and ||",
        "event = 'x' => column 7: '=' is not expected here; did you mean '=='?",
        "event === 'x' => column 9: '=' is not expected here; did you mean '=='?",
        "has(value) and has(name) => column 12: 'and' is not expected here; did you mean '&&'?",
        "event == => column 9: the expression ends too early",
        "event == 'a => column 10: this text has no closing quote",
        "(has(value) => column 12: missing ')' at 'the end'",
        "properties.in == 1 => column 12: 'in' is a word of the language; write [\"in\"] instead of .in",
        "value == 9007199254740993 => column 10: whole numbers beyond 2^53 (9007199254740992) are not exact",
        "value == 99999999999999999999 => column 10: this number is too large",
        "value == 1e999 => column 10: this number is too large",
        "value == 5u => column 10: literals are texts, numbers, true, false and null, without suffixes",
        "event == b'x' => column 10: literals are texts, numbers, true, false and null, without suffixes",
        "properties.x == {'a': 1} => column 17: objects cannot be written here",
        "properties.x == [1] => column 14: […] is a list and cannot be compared",
        "properties == context => column 12: properties is an object and cannot be compared",
        "properties.x < true => column 14: true and false have no order; use == or !=",
        "properties[0] == 1 => column 11: 'properties' is an object; its keys are texts",
        "properties.x[-1] == 1 => column 15: an index is a text or a whole number from 0, written out",
        "properties.x[name] == 1 => column 14: an index is a text or a whole number from 0, written out",
        "properties.x[1.5] == 1 => column 14: an index is a text or a whole number from 0, written out",
        "event.x == 'a' => column 6: 'event' has no fields; did you mean properties?",
        "source.id == 'a' => column 7: 'source' has the fields name and trusted",
        "source == 'a' => column 8: source is an object and cannot be compared",
        "'a' in event => column 5: 'in' needs a list on its right; event is a text",
        "event in ['a', 5] => column 7: event is a text and 5 is a number; they are never equal",
        "event in [name] => column 11: a list holds only texts, numbers, true and false",
        "5 in properties => column 3: the keys of properties are texts",
        "properties in [1] => column 12: properties is an object and is in no list",
        "size(value) > 1 => column 5: value has no size",
        "size(name) => column 5: size(name) is a number, not true or false; compare it with something",
        "has('a') => column 4: has takes a place, as in has(properties.plan)",
        "has(value, name) => column 4: has takes something else here; write it as in has(properties.plan)",
        "name.matches('(') => column 14: not an RE2 pattern: missing closing ): (",
        "name.matches(properties.x) => column 24: the pattern of matches must be written out as a text",
        "name.matches('(?=x)') => column 14: not an RE2 pattern: invalid or unsupported Perl syntax: (?=",
        "name.matches('(?<n>x)') => column 14: write a named group as (?P<name>…)",
        "name.matches('((a{100}){100}){100}') => column 14: the pattern repeats too much; simplify it",
        "name.matches('(a{100}){100}') => column 14: the pattern is too large; simplify it",
        "name.matches('\\\\pL+') => column 14: \\p differs from engine to engine; write the letters, as in [а-яё]",
        "name.matches('(?si)я') => column 14: (?i) is for Latin letters up to U+017F",
        "name.matches('[abcdefghijklmnopqrstuvwxyzабвгдежзиклмнопрстуфхцчшщ]{900}') => column 14: the pattern is too large; simplify it",
        "`   ` => column 1: the expression is empty",
      })
  void these_are_refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @Test
  void a_fault_in_a_later_line_names_the_line() {
    ExpressionException fault =
        catchThrowableOfType(ExpressionException.class, () -> read("has(value)\n  && 😀evnt"));
    assertThat(fault).hasMessage("line 2, column 6: '😀' is not expected here");
    assertThat(fault.column()).isEqualTo(17);
  }

  @Test
  void more_than_2000_characters_are_refused() {
    String exact = "event == '" + "😀".repeat(1989) + "'";
    read(exact);
    assertThatThrownBy(() -> read(exact + " ")).hasMessageContaining("2001 characters");
  }

  @Test
  void twenty_levels_are_read_and_one_more_is_refused() {
    read(nested(19));
    assertThatThrownBy(() -> read(nested(20))).hasMessageEndingWith("nested deeper than 20 levels");
  }

  /// `(has(value) || (has(value) && …))`; each pair of operators is two levels.
  private static String nested(int levels) {
    String text = "true";
    for (int i = 0; i < levels; i++) {
      text = "(true " + (i % 2 == 0 ? "&&" : "||") + " " + text + ")";
    }
    return text;
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!(", "has(", "[", "-", "!", "a.", "size("})
  void hostile_nesting_is_refused_and_nothing_overflows(String opening) {
    assertThatThrownBy(() -> read(opening.repeat(1990 / opening.length()) + "x"))
        .isInstanceOf(ExpressionException.class);
    String closed = opening.repeat(900 / opening.length()) + "value";
    assertThatThrownBy(() -> read(closed + ")".repeat(900)))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void deep_parentheses_overflow_no_small_stack() throws InterruptedException {
    List<Throwable> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(null, () -> read("(".repeat(999) + "true" + ")".repeat(999)), "small", 65_536);
    thread.setUncaughtExceptionHandler((_, e) -> seen.add(e));
    thread.start();
    thread.join();
    assertThat(seen).hasOnlyElementsOfType(ExpressionException.class).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "traits.plan == 'pro' && account.seats > 5 => ok",
        "event == 'a' => column 1: 'event' belongs to an event; here only traits and account are known",
        "trait.x == 'a' => column 1: unknown name 'trait'; did you mean 'traits'?",
      })
  void a_subject_has_only_traits_and_account(String text, String message) {
    if (message.equals("ok")) {
      Cel.read(text, Scope.SUBJECT);
    } else {
      assertThatThrownBy(() -> Cel.read(text, Scope.SUBJECT)).hasMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "!(traits.plan == 'internal') => '!' makes this true where traits.plan is missing, too",
        "!(event == 'a' || properties.x > 1) => '!' makes this true where properties.x is missing, too",
        "!properties.flag => '!' makes this true where properties.flag is missing, too",
        "!(properties['a b'][0] in [1]) => '!' makes this true where properties[\"a b\"][0] is missing, too",
        "properties.x == null => a comparison with null is always false; use has(…) or !has(…)",
        "properties.x in [] => nothing is in an empty list",
        "properties.x in [1, null] => null in a list is never found; use !has(…)",
        "null in properties.x => null is in no list; use !has(…)",
      })
  void warns_of_what_is_probably_not_meant(String text, String warning) {
    assertThat(Cel.warnings(Cel.read(text, Scope.EVENT))).containsExactly(warning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!has(properties.x)",
        "!(event == 'a')",
        "!!(properties.x == 1)",
        "properties.x != 1",
        "has(value)"
      })
  void does_not_warn_of_these(String text) {
    assertThat(Cel.warnings(Cel.read(text, Scope.EVENT))).isEmpty();
  }

  private static Condition read(String text) {
    return Cel.read(text, Scope.EVENT).condition();
  }

  /// CEL with its whole standard library, as any other program would read the text.
  private static CelCompiler standard() {
    var json = MapType.create(SimpleType.STRING, SimpleType.DYN);
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("event", SimpleType.STRING)
        .addVar("name", SimpleType.STRING)
        .addVar("type", SimpleType.STRING)
        .addVar("channel", SimpleType.STRING)
        .addVar("value", SimpleType.DYN)
        .addVar("properties", json)
        .addVar("context", json)
        .addVar("traits", json)
        .addVar("account", json)
        .addVar("source", json)
        .build();
  }
}
