package io.pulso.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentEditTest {
  private static final String FILE =
      """
      # Who to call on Mondays.
      name: quiet-pros
      title: {en: Quiet pros, it: 'Pro silenziosi'} # as sales calls them
      description: Those who stopped
      # Score of the product model.
      when: score < 40   # was 30 until March
      """;

  private static Segment segment(String text) {
    return SegmentReader.read("segment.yaml", text).segment();
  }

  private static String edited(
      String text, String language, String title, String about, @Nullable String when) {
    return edited(text, language, title, about, Model.Subject.CUSTOMER, when);
  }

  private static String edited(
      String text,
      String language,
      String title,
      String about,
      Model.Subject of,
      @Nullable String when) {
    SegmentEdit edit = new SegmentEdit(language, title, about, of, when);
    return Objects.requireNonNull(edit.apply(text, segment(text)));
  }

  private static String rule(String text) {
    return segment(text).members() instanceof Segment.Rule(Expression when) ? when.text() : "";
  }

  @Test
  void what_is_as_it_was_shown_is_not_touched() {
    assertThat(edited(FILE, "en", "Quiet pros", "Those who stopped", "score < 40")).isEqualTo(FILE);
    assertThat(edited(FILE, "es", "Quiet pros", "Those who stopped", "score < 40")).isEqualTo(FILE);
    assertThat(edited("name: a\nwhen: score < 1\n", "en", "a", "", "score < 1"))
        .isEqualTo("name: a\nwhen: score < 1\n");
  }

  @Test
  void another_rule_leaves_comments_and_words() {
    assertThat(edited(FILE, "en", "Quiet pros", "Those who stopped", "score < 20"))
        .isEqualTo(FILE.replace("score < 40", "'score < 20'"));
  }

  @Test
  void a_title_is_changed_in_the_language_of_its_reader() {
    assertThat(edited(FILE, "it", "Pro tranquilli", "Those who stopped", "score < 40"))
        .isEqualTo(FILE.replace("'Pro silenziosi'", "Pro tranquilli"));
    Segment spanish =
        segment(edited(FILE, "es", "Pros: callados", "Los que pararon", "score < 40"));
    assertThat(spanish.title().byLanguage())
        .containsOnlyKeys("en", "it", "es")
        .containsEntry("es", "Pros: callados");
    assertThat(spanish.description().byLanguage())
        .containsEntry("en", "Those who stopped")
        .containsEntry("es", "Los que pararon");
  }

  @Test
  void words_that_are_taken_away_go_alone() {
    assertThat(edited(FILE, "en", "Quiet pros", "", "score < 40"))
        .isEqualTo(FILE.replace("description: Those who stopped\n", ""));
    assertThat(segment(edited(FILE, "it", "", "Those who stopped", "score < 40")).title())
        .satisfies(title -> assertThat(title.byLanguage()).containsOnlyKeys("en"));
    // The only words are taken away also by readers of another language.
    assertThat(edited(FILE, "zh", "Quiet pros", "", "score < 40")).doesNotContain("description");
  }

  @Test
  void a_rule_becomes_a_list_and_a_list_a_rule() {
    String list = edited(FILE, "en", "Quiet pros", "Those who stopped", null);
    assertThat(segment(list).members()).isEqualTo(new Segment.Listed());
    assertThat(list).startsWith("# Who to call on Mondays.").contains("# as sales calls them");
    String rule = edited(list, "en", "Quiet pros", "Those who stopped", "score > 1");
    assertThat(rule(rule)).isEqualTo("score > 1");
    assertThat(rule).contains("# as sales calls them").doesNotContain("list:");
  }

  @Test
  void others_are_meant_and_a_rule_of_several_lines_is_kept() {
    String when = "account.tier == 'gold' &&\n  score < 20";
    String text =
        edited(FILE, "en", "Quiet pros", "Those who stopped", Model.Subject.ACCOUNT, when);
    assertThat(segment(text).of()).isEqualTo(Model.Subject.ACCOUNT);
    assertThat(rule(text)).isEqualTo(when);
    assertThat(text).contains("# Score of the product model.");
    assertThat(edited(text, "en", "Quiet pros", "Those who stopped", Model.Subject.ACCOUNT, when))
        .isEqualTo(text);
    assertThat(segment(edited(text, "en", "Quiet pros", "", Model.Subject.CUSTOMER, "score < 2")))
        .satisfies(segment -> assertThat(segment.of()).isEqualTo(Model.Subject.CUSTOMER));
  }

  @Test
  void a_description_of_several_lines_is_kept_though_its_field_has_one() {
    String text = "name: a\ndescription: |\n  One.\n  Two.\nwhen: score < 1\n";
    assertThat(edited(text, "en", "a", "One. Two.", "score < 1")).isEqualTo(text);
  }

  @Test
  void a_block_of_text_is_replaced_whole() {
    String block = "name: a # one\nwhen: >-\n  score < 40 &&\n  band != 'x'\nof: customers\n";
    String text = edited(block, "en", "a", "", "score < 3");
    assertThat(text).startsWith("name: a # one\n").contains("of: customers");
    assertThat(rule(text)).isEqualTo("score < 3");
  }
}
