package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.api.WhatIfAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "whatif",
    description = "Shows what a model file would do to everybody's scores.",
    mixinStandardHelpOptions = true)
final class ModelWhatIfCommand implements Served {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The model file that is tried.")
  private Path file = Path.of(".");

  @Option(
      names = "--against",
      paramLabel = "NAME|FILE",
      description = "What it is compared with; default the model of its name in the workspace.")
  private @Nullable String against;

  @Option(names = "--as-of", paramLabel = "DAY", description = "The day; default yesterday.")
  private @Nullable String asOf;

  @Option(names = "--all", description = "Anonymous visitors too.")
  private boolean all;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelWhatIfCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    List<String> files = new ArrayList<>(Served.modelFile(against));
    files.add(file.toString());
    return files;
  }

  @Override
  public Integer call() {
    Integer given = asOf == null ? null : (Integer) Dates.day("--as-of", asOf);
    Model tried = console.model(file).model();
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      int day =
          AsOf.day(
              session.workspace(), view, given, tried.window(), Clock.systemUTC(), console::note);
      InUse from = before(session, tried, day);
      WhatIfs.Comparison comparison =
          new WhatIfs(view).compare(from, new InUse(tried, InUse.DRAFT), day, all);
      if (json) {
        console.json(WhatIfAnswer.json(comparison));
      } else {
        print(comparison);
      }
    }
    return Commands.DONE;
  }

  private InUse before(Session session, Model tried, int day) {
    String wanted = against == null ? tried.name() : against;
    if (against == null
        && session.models().published(wanted, null).isEmpty()
        && !session.models().drafts().containsKey(wanted)) {
      throw new InputException(
          "the workspace has no model '%s' to compare with: give one with --against NAME or FILE"
              .formatted(wanted));
    }
    return session.models().find(wanted, null, day);
  }

  private void print(WhatIfs.Comparison of) {
    console.line(
        "%s → %s, as of %s".formatted(ExplainTable.under(of.from()), file, Numbers.day(of.asOf())));
    console.line(
        "%s of %s scores change\n"
            .formatted(Numbers.count(of.changed()), Numbers.count(of.ids().length)));
    if (of.ids().length == 0) {
      return;
    }
    matrix(of);
    movers(of, "most gained", of.movers().up());
    movers(of, "most lost", of.movers().down());
  }

  /// Who goes from which band (down) to which (across).
  private void matrix(WhatIfs.Comparison of) {
    List<Band> before = of.from().model().bands();
    List<Band> after = of.to().model().bands();
    WhatIf bands = of.bands();
    List<Integer> was = bands.before();
    List<Integer> is = bands.after();
    boolean unscored = was.getLast() + is.getLast() > 0;
    int rows = before.size() + (unscored ? 1 : 0);
    int columns = after.size() + (unscored ? 1 : 0);
    TextTable table = new TextTable().text("before ↓  after →");
    for (int j = 0; j < columns; j++) {
      table.number(name(after, j));
    }
    table.number("before");
    for (int i = 0; i < rows; i++) {
      List<String> cells = new ArrayList<>(List.of(name(before, i)));
      for (int j = 0; j < columns; j++) {
        cells.add(bands.moved(i, j) == 0 ? "·" : Numbers.count(bands.moved(i, j)));
      }
      cells.add(Numbers.count(was.get(i)));
      table.row(cells.toArray(String[]::new));
    }
    List<String> totals = new ArrayList<>(List.of("after"));
    is.stream().limit(columns).forEach(count -> totals.add(Numbers.count(count)));
    table.row(totals.toArray(String[]::new));
    table.print(console, "  ");
  }

  private static String name(List<Band> bands, int place) {
    return place < bands.size() ? ExplainTable.title(bands.get(place)) : "no score";
  }

  private void movers(WhatIfs.Comparison of, String title, List<Movers.Mover> movers) {
    if (movers.isEmpty()) {
      return;
    }
    console.line("\n  " + title);
    TextTable table = new TextTable().text("").number("before").number("after").number("change");
    for (Movers.Mover mover : movers) {
      table.row(
          of.ids()[mover.subject()],
          Numbers.plain(mover.before()),
          Numbers.plain(mover.after()),
          Numbers.signed(mover.change()));
    }
    table.print(console, "  ");
  }
}
