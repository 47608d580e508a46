package io.pulso.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.store.Exclusion;
import io.pulso.server.store.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The texts of the pages.
class WordsTest {
  private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern USE = Pattern.compile("\\.t\\(\\s*\"([a-z0-9_.]+)\"\\s*[,)]");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  /// The longest text that may be the same in Chinese, such as `CSV` or `MRR`.
  private static final int SHORT = 12;

  private static final Words WORDS = Words.read();

  @Test
  void every_text_has_the_same_parts_in_all_languages_and_forms() {
    for (String key : WORDS.keys()) {
      Set<String> parts = parts(WORDS.form(Language.EN, key, false));
      for (Language language : Language.values()) {
        assertThat(parts(WORDS.form(language, key, false)))
            .as(key + " " + language)
            .isEqualTo(parts);
        Set<String> single = parts(WORDS.form(language, key, true));
        single.add("n");
        assertThat(single).as(key + " " + language + " of one").containsAll(parts);
      }
    }
  }

  @Test
  void every_text_is_written_in_chinese() {
    for (String key : WORDS.keys()) {
      String text = WORDS.form(Language.ZH, key, false);
      boolean isNeutral = text.replaceAll("\\{[a-z]+}", "").strip().length() <= SHORT;
      assertThat(CHINESE.matcher(text).find() || isNeutral).as(key + ": " + text).isTrue();
    }
  }

  @Test
  void every_text_that_a_page_names_is_there() throws IOException {
    List<String> uses = new ArrayList<>();
    for (Path file : files()) {
      Matcher found = USE.matcher(Files.readString(file));
      while (found.find()) {
        uses.add(found.group(1));
        assertThat(WORDS.has(found.group(1))).as(found.group(1) + " in " + file).isTrue();
      }
    }
    assertThat(uses).hasSizeGreaterThan(20);
  }

  @Test
  void every_reason_has_its_words() {
    for (RejectReason reason : RejectReason.values()) {
      assertThat(WORDS.has("data.reason_" + reason.word())).as(reason.word()).isTrue();
      assertThat(WORDS.has("data.remedy_" + reason.word())).as(reason.word()).isTrue();
    }
    for (Exclusion reason : Exclusion.values()) {
      assertThat(WORDS.has("data.excluded_" + reason.word())).as(reason.word()).isTrue();
      assertThat(WORDS.has("data.rule_" + reason.rule())).as(reason.rule()).isTrue();
    }
  }

  @Test
  void a_text_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> WORDS.form(Language.EN, "no.such_text", false))
        .hasMessageContaining("no.such_text");
  }

  @Test
  void parts_are_filled_in_once() {
    assertThat(Words.fill("{a} and {b}", List.of("a", "{b}", "b", "{a}"))).isEqualTo("{b} and {a}");
    assertThat(Words.fill("{a} {unknown} {", List.of("a", "1"))).isEqualTo("1 {unknown} {");
  }

  private static Set<String> parts(String text) {
    Set<String> parts = new TreeSet<>();
    Matcher found = PART.matcher(text);
    while (found.find()) {
      parts.add(found.group(1));
    }
    return parts;
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root :
        List.of(Path.of("src/main/jte"), Path.of("src/main/java/io/pulso/server/page"))) {
      try (Stream<Path> found = Files.walk(root)) {
        found.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
