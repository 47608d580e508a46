package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What other processes, signals and disks do to an import.
class ProcessesTest {
  private static final int LINES = 20_000;
  private static final String DONE =
      "{\"read\":20000,\"stored\":20000,\"duplicates\":0,\"rejected\":{}}\n";

  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private Path events = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void make_a_workspace() {
    workspace = folder.resolve("w");
    output = folder.resolve("output");
    Cli.expect(0, "init", workspace);
    events = Cli.write(folder.resolve("e.jsonl"), lines(0, LINES));
  }

  private static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"type\":\"track\",\"messageId\":\"%d\",\"userId\":\"u%d\",\"event\":\"Seen\",\"timestamp\":\"2026-03-01T00:00:00Z\"}\n"
              .formatted(i, i % 100));
    }
    return lines.toString();
  }

  /// A process that has read most of an import and waits for the rest.
  private Process halfway() throws IOException {
    Process process =
        Cli.start(
            output,
            Main.class.getName(),
            "import",
            "-",
            "--format",
            "segment",
            "--workspace",
            workspace);
    OutputStream in = process.getOutputStream();
    in.write(lines(0, LINES - 1).getBytes(StandardCharsets.UTF_8));
    in.flush();
    return process;
  }

  private String load() {
    return Cli.expect(0, "import", events, "--workspace", workspace, "--json").out();
  }

  @Test
  void an_import_that_was_killed_is_completed_by_running_it_again() throws Exception {
    Process process = halfway();
    process.destroyForcibly();
    assertThat(process.waitFor()).isNotZero();
    assertThat(load()).isEqualTo(DONE);
    assertThat(load()).contains("\"stored\":0,\"duplicates\":20000");
  }

  @Test
  void an_import_that_is_told_to_stop_says_that_nothing_was_stored() throws Exception {
    Process process = halfway();
    // Process.destroy would also end its input, and then it may be complete before it stops.
    process.toHandle().destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(Cli.read(output))
        .contains("nothing of this import was stored")
        .doesNotContain("\tat ");
    assertThat(load()).isEqualTo(DONE);
  }

  @Test
  void a_store_that_another_process_holds_names_that_process() throws Exception {
    Process process = halfway();
    try {
      Cli refused = Cli.expect(2, "score", "--workspace", workspace);
      assertThat(refused.err()).contains("is open in process " + process.pid());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_full_disk_is_said_and_leaves_the_store_as_it_was() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        call("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString()),
        "no disk of a few megabytes can be mounted here");
    try {
      Path small = disk.resolve("w");
      Cli.expect(0, "init", small);
      Path few = Cli.write(folder.resolve("few.jsonl"), lines(0, 100));
      Cli.expect(0, "import", few, "--workspace", small);
      Path many = folder.resolve("many.csv");
      try (var out = Files.newBufferedWriter(many)) {
        out.write("customer,event,time,note\n");
        for (int i = 0; i < 300_000; i++) {
          String note =
              Long.toString(i * 0x9E3779B97F4A7C15L, 36)
                  + Long.toString(i * 0xC2B2AE3D27D4EB4FL, 36);
          out.write("u%d,Seen,2026-03-01T00:00:00Z,%s\n".formatted(i, note.repeat(3)));
        }
      }
      Cli full = Cli.expect(2, "import", many, "--workspace", small);
      assertThat(full.err()).contains("disk is full").doesNotContain("\tat ");
      assertThat(Cli.expect(0, "export", "events", "--workspace", small).out().lines())
          .hasSize(100);
    } finally {
      call("umount", disk.toString());
    }
  }

  private static boolean call(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
