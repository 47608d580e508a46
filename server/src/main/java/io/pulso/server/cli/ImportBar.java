package io.pulso.server.cli;

import io.pulso.server.ingest.Progress;
import java.util.Locale;

/// Shows how far an import is: which columns it guessed and, on a terminal, a bar with rate and
/// time left.
final class ImportBar implements Progress {
  private static final long EVERY = 100_000_000;
  private static final int WIDTH = 24;

  private final Console console;
  private final boolean quiet;
  private final long start = System.nanoTime();
  private long drawn;
  private long total;
  private long bytes;
  private long records;
  private String shown = "";

  /// @param quiet says nothing of columns
  ImportBar(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  @Override
  public void begin(long size) {
    total = size;
  }

  /// Says how a file is read, unless it is read like the one before.
  @Override
  public void file(String name, String format, String mapping) {
    String told = format + "\n" + mapping;
    if (quiet || told.equals(shown)) {
      return;
    }
    shown = told;
    clear();
    console.note(Shown.text(name) + ": " + format);
    mapping.lines().forEach(line -> console.note("  " + Shown.text(line)));
  }

  @Override
  public void reached(long size, long count) {
    bytes = size;
    records = count;
    long now = System.nanoTime();
    if (console.terminal() && now - drawn > EVERY) {
      drawn = now;
      draw(line(now - start));
    }
  }

  private String line(long nanos) {
    double seconds = nanos / 1e9;
    String counted =
        "%s records  %s/s"
            .formatted(Numbers.count(records), Numbers.count(Math.round(records / seconds)));
    if (total <= 0) {
      return counted;
    }
    long done = Math.min(bytes, total);
    double left = done == 0 ? 0 : seconds * (total - done) / done;
    return String.format(
        Locale.ROOT,
        "%s %3d %%  %s  %s left",
        Bar.pad(Bar.of(done, total, WIDTH), WIDTH),
        100 * done / total,
        counted,
        clock(left));
  }

  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  @Override
  public void storing() {
    if (console.terminal()) {
      draw(Numbers.count(records) + " records read; storing, linking and rolling up ...");
    }
  }

  private void draw(String line) {
    console.err().print("\r\u001b[K" + line);
    console.err().flush();
  }

  /// Takes the bar away.
  void clear() {
    if (console.terminal()) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
