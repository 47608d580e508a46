package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Grid;
import io.pulso.engine.score.Kernel;
import io.pulso.server.api.Answer;
import io.pulso.server.app.OutFile;
import io.pulso.server.event.InputException;
import io.pulso.server.score.GridTable;
import io.pulso.server.score.InUse;
import io.pulso.server.score.ScoreCsv;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The fit × engagement grid as a table for people, as JSON and as CSV.
final class GridAnswer {
  private GridAnswer() {}

  static void print(GridTable table, Console console) {
    Grid grid = table.grid();
    console.line(
        "fit %s × engagement %s, %s"
            .formatted(named(table.fit()), named(table.engagement()), Numbers.day(table.asOf())));
    console.line("");
    console.line(
        "%s %s".formatted(Numbers.count(table.size()), ScoreText.subjects(table.fit().model())));
    console.line("");
    String[] ranges = {
      "above " + Numbers.plain(grid.high()),
      "above " + Numbers.plain(grid.low()),
      "to " + Numbers.plain(grid.low())
    };
    TextTable cells = new TextTable().text("").text("fit");
    for (int i = 0; i < ranges.length; i++) {
      cells.number("%d: %s".formatted(i + 1, ranges[i]));
    }
    Map<String, Integer> counts = table.cells();
    for (int i = 0; i < ranges.length; i++) {
      String letter = "ABC".substring(i, i + 1);
      cells.row(
          letter,
          ranges[i],
          Numbers.count(counts.getOrDefault(letter + 1, 0)),
          Numbers.count(counts.getOrDefault(letter + 2, 0)),
          Numbers.count(counts.getOrDefault(letter + 3, 0)));
    }
    cells.print(console, "  ");
    if (unavailable(table) > 0) {
      console.line("");
      console.line(
          "  %s without a cell: a score is unavailable"
              .formatted(Numbers.count(unavailable(table))));
    }
    if (table.objected() > 0) {
      console.line("");
      console.line("  " + ObjectCommand.leftOut(table.objected()));
    }
  }

  private static String named(InUse use) {
    return "%s (%s)".formatted(use.model().name(), ScoreText.version(use));
  }

  private static int unavailable(GridTable table) {
    return table.size() - table.cells().values().stream().mapToInt(count -> count).sum();
  }

  static Json json(GridTable table) {
    Answer cells = new Answer();
    table.cells().forEach((cell, count) -> cells.put(cell, count));
    return new Answer()
        .put("fit", table.fit().model().name())
        .put("fit_version", table.fit().version())
        .put("engagement", table.engagement().model().name())
        .put("engagement_version", table.engagement().version())
        .day("as_of", table.asOf())
        .list("cuts", List.of(table.grid().low(), table.grid().high()), Numbers::json)
        .put("subjects", table.size())
        .put("unavailable", unavailable(table))
        .put("objected", table.objected())
        .put("cells", cells.json())
        .json();
  }

  /// Refuses a file that is no CSV, before anything is worked out.
  static OutFile file(Path path, Console console) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.startsWith("/dev/")) {
      throw new InputException(
          "%s: the grid is written as .csv; let the name end in it".formatted(path));
    }
    return console.file(path);
  }

  static void write(GridTable table, OutFile file) {
    file.bytes(out -> {
      Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      csv.write("subject,as_of,fit_score,engagement_score,cell\n");
      for (int row = 0; row < table.size(); row++) {
        String cell = table.cell(row);
        csv.write(
            "%s,%s,%s,%s,%s\n"
                .formatted(
                    ScoreCsv.quoted(table.ids()[row]),
                    Numbers.day(table.asOf()),
                    exact(table.fits()[row]),
                    exact(table.engagements()[row]),
                    cell == null ? "" : cell));
      }
      csv.flush();
    });
  }

  private static String exact(long score) {
    return Kernel.isScore(score) ? Numbers.exact(score) : "";
  }
}
