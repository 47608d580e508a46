package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the system calls of a journal say: no record is acknowledged before it was forced to disk.
class JournalForceTest {
  private static final Pattern WRITE =
      Pattern.compile("pwrite64\\(\\d+<.*/(\\d{19})\\.journal>.*, (\\d+), (\\d+)(\\)| <unf).*");
  private static final Pattern FORCED =
      Pattern.compile("(.* fdatasync\\(\\d+<.*\\.journal>\\)|.*fdatasync resumed>\\)) += 0");
  private static final Pattern ACKNOWLEDGED = Pattern.compile("write\\(1<[^>]*>, \"(\\d+) .*");

  @TempDir private Path folder;

  @Test
  void every_record_is_forced_before_it_is_acknowledged() throws Exception {
    Path trace = folder.resolve("trace");
    Process child = traced(trace);
    try (BufferedReader lines = child.inputReader()) {
      String line = lines.readLine();
      assumeTrue("open".equals(line), "strace cannot follow a process here");
      for (int i = 0; i < 300; i++) {
        lines.readLine();
      }
    } finally {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.waitFor();
    }
    assertThat(acknowledged(trace)).isGreaterThanOrEqualTo(300);
  }

  private Process traced(Path trace) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace", "-f", "-y", "-s", "30", "-e", "trace=pwrite64,fdatasync,write", "-o"));
    command.add(trace.toString());
    command.addAll(JournalProcessesTest.command(folder.resolve("journal"), "traced"));
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no strace here");
      throw e;
    }
  }

  /// How many records were acknowledged, each of them after a force of what was written of it.
  private static int acknowledged(Path trace) throws IOException {
    long written = 0;
    long forced = 0;
    int acknowledged = 0;
    for (String line : Files.readAllLines(trace)) {
      Matcher write = WRITE.matcher(line);
      Matcher said = ACKNOWLEDGED.matcher(line);
      if (write.find()) {
        long end = Long.parseLong(write.group(2)) + Long.parseLong(write.group(3));
        written = Long.parseLong(write.group(1)) + end - Format.HEADER;
      } else if (FORCED.matcher(line).matches()) {
        forced = written;
      } else if (said.find()) {
        assertThat(Long.parseLong(said.group(1))).isLessThanOrEqualTo(forced);
        acknowledged++;
      }
    }
    return acknowledged;
  }
}
