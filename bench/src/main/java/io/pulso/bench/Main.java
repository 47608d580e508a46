package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Measures import, scoring, what-if, history and explanation on generated events, beside a
/// hand-written query of DuckDB and PostgreSQL in the same run.
///
/// `Main FOLDER PULSO_JAR [ROWS] [CUSTOMERS]`; the folder keeps the generated events.
public final class Main {
  private final Path folder;
  private final Path jar;
  private final long rows;
  private final int customers;
  private final Report report = new Report();
  private final LocalDate last = Events.FIRST.plusDays(Events.DAYS - 1L);

  private Main(Path folder, Path jar, long rows, int customers) {
    this.folder = folder;
    this.jar = jar;
    this.rows = rows;
    this.customers = customers;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Path jar = Path.of(args[1]).toAbsolutePath();
    long rows = args.length > 2 ? Long.parseLong(args[2]) : 100_000_000;
    int customers = args.length > 3 ? Integer.parseInt(args[3]) : 1_000_000;
    new Main(folder, jar, rows, customers).run();
  }

  private void run() throws Exception {
    Files.createDirectories(folder);
    Events rich = new Events(folder.resolve("rich-" + rows), rows, customers, true);
    Events plain = new Events(folder.resolve("plain-" + rows), rows, customers, false);
    rich.make();
    plain.make();
    long some = Math.min(rows, 3_000_000);
    Path csv = rich.csv(some);
    Path segment = rich.segment(some);
    load(
        "Segment JSON lines, " + million(some),
        some,
        "segment",
        List.of(segment.toString()),
        "≥ 150,000 a second");
    List<String> columns = columns(csv.toString());
    load("CSV, " + million(some), some, "csv", columns, "≥ 250,000 a second");
    List<String> withProperties = new ArrayList<>(columns(rich.folder().toString()));
    withProperties.addAll(List.of("--map", "properties=props"));
    Path workspace =
        load(
            "Parquet with 4 properties, " + million(rows),
            rich.rows() / Events.DAYS * Events.DAYS,
            "rich",
            withProperties,
            "≥ 400,000 a second, ≤ 6 GB");
    size(workspace);
    cold(workspace, rich);
    new OpenProcess(workspace, last, report).run();
    Postgres.run(rich, Math.min(rows, 10_000_000), last, folder, report);
    load(
        "Parquet without properties, " + million(rows),
        plain.rows() / Events.DAYS * Events.DAYS,
        "plain",
        columns(plain.folder().toString()),
        "≥ 600,000 a second, ≤ 6 GB");
    report.write(folder.resolve("report.md"));
  }

  private static String million(long rows) {
    return Report.text("%.1f million events", rows / 1e6);
  }

  private static List<String> columns(String input) {
    List<String> words = new ArrayList<>(List.of(input));
    for (String map :
        List.of(
            "customer=customer",
            "event=event",
            "time=ts",
            "message_id=message_id",
            "value=value")) {
      words.addAll(List.of("--map", map));
    }
    return words;
  }

  private Path load(String what, long count, String name, List<String> words, String figure)
      throws IOException, InterruptedException {
    Path workspace = folder.resolve("workspace-" + name);
    delete(workspace);
    Files.createDirectories(workspace.resolve("models"));
    Files.writeString(workspace.resolve("pulso.yaml"), "time_zone: UTC\n");
    Files.writeString(workspace.resolve("models/bench.yaml"), ModelText.of("", 1));
    List<String> command = Child.java(jar, "import", "--workspace", workspace.toString());
    command.addAll(words);
    Child child = Child.run(folder.resolve("log.txt"), command);
    report.row(
        "import and roll-up of " + what,
        child.status() == 0
            ? Report.text(
                "%,.0f a second (%.1f s), peak %.2f GB",
                count / child.seconds(), child.seconds(), child.peak() / 1e9)
            : "failed, status " + child.status(),
        figure);
    return workspace;
  }

  private void size(Path workspace) throws IOException {
    long bytes = Files.size(workspace.resolve("data/pulso.duckdb"));
    report.row(
        "store with 4 properties an event",
        Report.text("%.1f bytes an event, roll-ups included", bytes / (double) rows),
        "≤ 60");
  }

  /// Whole processes: Pulso from its store, DuckDB from the raw files, one after the other.
  private void cold(Path workspace, Events rich) throws IOException, InterruptedException {
    double[] ours = new double[3];
    double[] theirs = new double[3];
    for (int i = 0; i < 3; i++) {
      Path out = folder.resolve("scores.csv");
      ours[i] =
          Child.run(
                  folder.resolve("log.txt"),
                  Child.java(
                      jar,
                      "score",
                      "--workspace",
                      workspace.toString(),
                      "--as-of",
                      last.toString(),
                      "--output",
                      out.toString()))
              .seconds();
      List<String> peer =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              "io.pulso.bench.Peers",
              rich.folder().toString(),
              last.toString(),
              folder.resolve("peer.csv").toString());
      theirs[i] = Child.run(folder.resolve("log.txt"), peer).seconds();
    }
    report.row(
        "score everybody for a day, whole process, CSV out",
        Report.text("%.2f s", Report.median(ours)),
        "≤ 4 s");
    report.row(
        "… hand-written DuckDB query over the raw Parquet, whole process",
        Report.text(
            "%.2f s, %.2f × ours",
            Report.median(theirs), Report.median(theirs) / Report.median(ours)),
        "≥ 1 ×");
    report.row(
        "… both give the same scores",
        Same.compare(folder.resolve("scores.csv"), folder.resolve("peer.csv")),
        "all");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
