package io.pulso.server.page.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.page.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void texts_of_a_file_are_no_formulas_and_numbers_stay_numbers() throws IOException {
    Grid grid =
        new Grid(
            List.of("a", "=b"),
            List.of(
                List.of(Grid.Cell.text("=cmd()"), Grid.Cell.number("−1", -1)),
                List.of(Grid.Cell.text("x, \"y\""), Grid.Cell.number("2", 2))),
            "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (grid.download("x.csv") instanceof Shown.Download file) {
      file.writing().write(out);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("a,'=b\r\n'=cmd(),-1\r\n\"x, \"\"y\"\"\",2\r\n");
  }

  @Test
  void a_course_is_drawn_over_what_is_known() {
    String line = Course.line(Arrays.asList(1.0, null, 3.0, 2.0));
    assertThat(line).isEqualTo("M0.00 34.00L66.67 4.00L100.00 19.00");
    assertThat(Course.area(line)).isEqualTo(line + "L100.00 40.0 L0.00 40.0Z");
    assertThat(Course.line(Arrays.asList(null, 1.0))).isEmpty();
    assertThat(Course.area("")).isEmpty();
  }
}
