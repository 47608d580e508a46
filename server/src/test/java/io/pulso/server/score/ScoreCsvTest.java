package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.ModelReader;
import io.pulso.engine.score.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScoreCsvTest {
  private static final InUse USE =
      new InUse(
          ModelReader.read(
                  "m.yaml",
                  "name: m\nactivities:\n  - {name: a, match: event == \"A\", points: 1}\n")
              .model(),
          "3");

  private static String csv(String[] ids, long... scores) {
    boolean[] flags = new boolean[ids.length];
    ScoreTable table = new ScoreTable(USE, 0, new int[ids.length], ids, scores, flags, flags);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ScoreCsv.write(table, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void numbers_have_exactly_three_decimals() {
    long[] scores = {0, 1, -1, 999, 1000, -1000, 12_345, 1_000_000_000_000_000L};
    String[] ids = {"a", "b", "c", "d", "e", "f", "g", "h"};
    assertThat(csv(ids, scores).lines().skip(1).map(line -> line.split(",", -1)[4]))
        .containsExactly(
            "0.000", "0.001", "-0.001", "0.999", "1.000", "-1.000", "12.345", "1000000000000.000");
  }

  @Test
  void a_score_that_is_unavailable_is_empty() {
    assertThat(csv(new String[] {"a"}, Kernel.UNAVAILABLE)).endsWith("a,1970-01-01,m,3,,,false\n");
  }

  @Test
  void ids_are_quoted_as_rfc_4180_says() {
    String[] ids = {"a b", "a,b", "a\"b", "a\nb", "a\rb", "é中😀", ""};
    assertThat(csv(ids, new long[7]))
        .contains(
            "\na b,1970",
            "\n\"a,b\",1970",
            "\n\"a\"\"b\",1970",
            "\n\"a\nb\",1970",
            "\n\"a\rb\",1970",
            "\né中😀,1970",
            "\n,1970");
  }

  @Test
  void rows_longer_than_any_buffer_are_whole() {
    String[] ids = {"x".repeat(200_000), "y,".repeat(100_000), "z"};
    String rest = ",1970-01-01,m,3,0.00%d,very_disengaged,false";
    assertThat(csv(ids, 1, 2, 3).lines().skip(1))
        .containsExactly(
            ids[0] + rest.formatted(1),
            '"' + ids[1] + '"' + rest.formatted(2),
            "z" + rest.formatted(3));
  }
}
