package io.pulso.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
  private static Segment read(String text) {
    return SegmentReader.read("s.yaml", text).segment();
  }

  private static List<String> faults(String text) {
    try {
      read(text);
    } catch (ModelException e) {
      return e.faults();
    }
    throw new AssertionError("no fault in " + text);
  }

  @Test
  void a_rule_is_read_with_its_texts() {
    Segment segment =
        read(
            """
            name: quiet-pros
            title: {en: Quiet pros, zh: 安静的专业版}
            description: Pro customers who stayed away for a week.
            when: 'traits.plan == "pro" && count("Login", "7d") == 0'
            """);
    assertThat(segment.name()).isEqualTo("quiet-pros");
    assertThat(segment.title().in("zh")).isEqualTo("安静的专业版");
    assertThat(segment.of()).isEqualTo(Model.Subject.CUSTOMER);
    assertThat(((Segment.Rule) segment.members()).when().text())
        .isEqualTo("traits.plan == \"pro\" && count(\"Login\", \"7d\") == 0");
  }

  @Test
  void a_list_has_no_rule() {
    assertThat(read("name: pilots\nof: accounts\nlist: true\n"))
        .extracting(Segment::of, Segment::members)
        .containsExactly(Model.Subject.ACCOUNT, new Segment.Listed());
  }

  @Test
  void what_is_wrong_is_told_with_its_line() {
    assertThat(faults("name: a\n"))
        .containsExactly("s.yaml:1: 'when' is missing: say for whom it holds, or write list: true");
    assertThat(faults("name: a\nlist: true\nwhen: score > 3\n"))
        .containsExactly("s.yaml:1: a segment has 'when' or 'list', not both");
    assertThat(faults("name: a\nwhen: scor > 3\n").getFirst())
        .startsWith("s.yaml:2: 'when': ")
        .contains("score");
    assertThat(faults("name: a\nof: accounts\nwhen: traits.plan == 'x'\n").getFirst())
        .startsWith("s.yaml:3: accounts have no 'traits'");
    assertThat(faults("name: A b\nwhen: score > 3\n").getFirst()).contains("cannot be a name");
    assertThat(faults("name: a\nwen: score > 3\n"))
        .anyMatch(each -> each.contains("unknown field 'wen'"));
    assertThat(faults("").getFirst()).contains("the file is empty");
    assertThatThrownBy(() -> read("name: [a]\nwhen: score > 3\n"))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void a_form_is_written_so_that_it_is_read_again() {
    for (String when :
        List.of(
            "score > 3",
            "traits[\"it's\"] == \"a \\\"b\\\" # c\"",
            "score > 3 &&\n  score < 5",
            "name_is: 'x'")) {
      String text = SegmentText.of("s-1", "It's: a \"title\"", "", Model.Subject.CUSTOMER, when);
      try {
        Segment read = read(text);
        assertThat(read.title().in("en")).isEqualTo("It's: a \"title\"");
        assertThat(read.members()).isInstanceOf(Segment.Rule.class);
        Expression rule = ((Segment.Rule) read.members()).when();
        assertThat(rule.text()).isEqualTo(when);
      } catch (ModelException e) {
        assertThat(when).startsWith("name_is");
        assertThat(e.faults()).allMatch(fault -> fault.contains("'when'"));
      }
    }
    assertThat(read(SegmentText.of("s", "", "", Model.Subject.ACCOUNT, null)).members())
        .isEqualTo(new Segment.Listed());
  }
}
