package io.pulso.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What the operating system holds a process to, for all its life and for whatever it starts: the
/// size of a file that it writes, files that are open at once, seconds of processor time; and no
/// image of its memory is left when it breaks down. The shell sets them, since Java cannot.
///
/// @param fileBytes whole blocks of 512
record Confines(long fileBytes, int openFiles, long processorSeconds) {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final int BLOCK = 512;
  private static final long PATIENCE_SECONDS = 10;

  /// A limit that is set, or lower already.
  private static final String LOWER = "{ ulimit -%1$s %2$d || [ \"$(ulimit -%1$s)\" -le %2$d ]; }";

  /// The command line that runs a command within these limits.
  List<String> around(List<String> command) {
    List<String> confined = new ArrayList<>(List.of(SHELL.toString(), "-c", script(), "sh"));
    confined.addAll(command);
    return confined;
  }

  private String script() {
    return String.join(
        " && ",
        LOWER.formatted("c", 0),
        LOWER.formatted("n", openFiles),
        LOWER.formatted("f", fileBytes / BLOCK),
        LOWER.formatted("t", processorSeconds),
        "exec \"$@\"");
  }

  /// Whether this machine has a shell that can set them.
  boolean areAvailable() {
    if (!Files.isExecutable(SHELL)) {
      return false;
    }
    try {
      Process process =
          new ProcessBuilder(around(List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
