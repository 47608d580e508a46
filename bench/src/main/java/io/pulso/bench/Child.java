package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One run of a whole process: how long it took and the most memory it held.
///
/// @param seconds from its start to its end, by the clock
/// @param peak bytes resident at most
record Child(double seconds, long peak, int status) {
  /// Runs a command; its output goes to a log file.
  static Child run(Path log, List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long peak = 0;
    while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process.pid()));
    }
    return new Child((System.nanoTime() - start) / 1e9, peak, process.exitValue());
  }

  /// The most memory that a process held, in bytes; 0 when it has ended.
  static long peak(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      // The process has ended meanwhile.
      return 0;
    }
  }

  /// The command line of a Java program in a jar, with the options of the launcher.
  static List<String> java(Path jar, String... words) {
    String more = System.getenv().getOrDefault("PULSO_JAVA_OPTS", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
    if (!more.matches(".*-XX:\\+Use\\w*GC.*")) {
      command.addAll(
          words[0].equals("serve")
              ? List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=50")
              : List.of("-XX:+UseSerialGC", "-XX:NewRatio=1"));
      command.addAll(List.of("-XX:InitialRAMPercentage=4", "-XX:MaxRAMPercentage=12"));
    }
    Arrays.stream(more.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(words));
    return command;
  }
}
