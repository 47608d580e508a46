package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that try to take more than they may.
@Timeout(60)
class ConfinesTest {
  private static final Confines SOME = new Confines(4L << 20, 200, 60);

  @TempDir private Path folder;

  @BeforeEach
  void where_there_is_a_shell() {
    assumeTrue(SOME.areAvailable(), "there is no /bin/sh that can set limits");
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out + "status " + process.exitValue();
  }

  private static List<String> greedy(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        GreedyChild.class.getName(),
        folder.toString());
  }

  @Test
  void without_limits_it_gets_what_it_wants() throws Exception {
    assertThat(run(greedy(folder)))
        .contains("opened " + GreedyChild.FILES + "\n", "wrote " + GreedyChild.BYTES + "\n")
        .contains("status 0");
  }

  @Test
  void it_cannot_open_more_files_or_write_more_bytes_than_it_may() throws Exception {
    String out = run(SOME.around(greedy(folder)));
    assertThat(out).contains("wrote " + SOME.fileBytes() + "\n", "status 0");
    int opened = Integer.parseInt(out.replaceAll("(?s).*opened ([0-9]+)\\n.*", "$1"));
    assertThat(opened).isPositive().isLessThan(SOME.openFiles());
  }

  @Test
  void its_limits_are_those_that_it_cannot_raise_and_it_leaves_no_core() throws Exception {
    String ask =
        "ulimit -Hc; ulimit -Sc; ulimit -Hn; ulimit -Sn; ulimit -Hf; ulimit -Sf; ulimit -Ht; ulimit -St";
    String blocks = SOME.fileBytes() / 512 + "\n";
    assertThat(run(SOME.around(List.of("/bin/sh", "-c", ask))))
        .isEqualTo("0\n0\n200\n200\n" + blocks + blocks + "60\n60\nstatus 0");
  }

  @Test
  void it_ends_when_it_has_computed_for_long_enough() throws Exception {
    Confines brief = new Confines(4L << 20, 200, 1);
    assertThat(run(brief.around(List.of("/bin/sh", "-c", "while :; do :; done"))))
        .doesNotContain("status 0");
  }

  @Test
  void words_of_the_command_stay_as_they_are() throws Exception {
    List<String> words = List.of("a b", "$(id)", "'\"", "", "*", "-c");
    List<String> command = new java.util.ArrayList<>(List.of("printf", "[%s]"));
    command.addAll(words);
    assertThat(run(SOME.around(command))).isEqualTo("[a b][$(id)]['\"][][*][-c]status 0");
  }

  @Test
  void limits_that_cannot_be_set_are_found_out_before() {
    assertThat(new Confines(4L << 20, -1, 60).areAvailable()).isFalse();
  }
}
