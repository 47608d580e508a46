package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The measured figures as a table in Markdown, printed as they come.
final class Report {
  private final List<String> lines = new ArrayList<>();

  Report() {
    line("| what | measured | figure to reach |");
    line("|---|---|---|");
  }

  void row(String what, String measured, String figure) {
    line("| %s | %s | %s |".formatted(what, measured, figure));
  }

  private void line(String text) {
    lines.add(text);
    System.out.println(text);
  }

  void write(Path file) throws IOException {
    Files.write(file, lines);
  }

  @SuppressWarnings(
      "AnnotateFormatMethod") // the annotation is of a library that nothing else needs
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  interface Work {
    void run() throws Exception;
  }

  /// Milliseconds of each of some runs, after one that does not count.
  static double[] millis(int runs, Work work) throws Exception {
    work.run();
    double[] found = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      found[i] = (System.nanoTime() - start) / 1e6;
    }
    return found;
  }
}
