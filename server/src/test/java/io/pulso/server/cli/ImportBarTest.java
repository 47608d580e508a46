package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImportBarTest {
  private static String drawn(boolean terminal) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ImportBar bar = new ImportBar(new Console(stream, stream, terminal), false);
    bar.begin(1000);
    bar.file("a.csv", "csv", "time ← when");
    bar.file("b.csv", "csv", "time ← when");
    bar.reached(500, 12_345);
    bar.storing();
    bar.clear();
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_terminal_sees_share_rate_and_time_left() {
    assertThat(drawn(true)).contains("████████████ ", " 50 %", "12,345 records", "/s", " left");
  }

  @Test
  void elsewhere_only_the_columns_are_told_once() {
    assertThat(drawn(false)).isEqualTo("a.csv: csv\n  time ← when\n");
  }

  @Test
  void times_are_minutes_and_seconds() {
    assertThat(ImportBar.clock(5)).isEqualTo("0:05");
    assertThat(ImportBar.clock(3725)).isEqualTo("1:02:05");
  }

  @Test
  void bars_are_drawn_to_an_eighth() {
    assertThat(Bar.of(0, 10, 4)).isEmpty();
    assertThat(Bar.of(1, 1_000_000, 4)).isEqualTo("▏");
    assertThat(Bar.of(5, 10, 4)).isEqualTo("██");
    assertThat(Bar.of(10, 10, 4)).isEqualTo("████");
    assertThat(Bar.fit("中文中文", 5)).isEqualTo("中文…");
    assertThat(Bar.fit("a\u001b[2J", 20)).doesNotContain("\u001b");
  }
}
