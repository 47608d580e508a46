package io.pulso.server.cli;

import io.pulso.server.event.InputException;
import io.pulso.server.score.Histories;
import io.pulso.server.score.Individual;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Gives the scores of many days, of one subject or of all.",
    mixinStandardHelpOptions = true)
final class HistoryCommand implements Served {
  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 36_600;

  private final Console console;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A customer or an account, as the model scores; default everybody.")
  private @Nullable String id;

  @Mixin private Asking asking = new Asking();

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Uses only what was received by then.")
  private @Nullable String knownAt;

  @Option(names = "--all", description = "Anonymous visitors too.")
  private boolean all;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes every score: .csv, .json or .parquet.")
  private @Nullable Path output;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asking.where();
  }

  @Override
  public List<String> reads() {
    return asking.reads();
  }

  @Override
  public @Nullable Path writes() {
    return output;
  }

  @Override
  public Integer call() {
    Integer lastDay = to == null ? null : (Integer) Dates.day("--to", to);
    Integer firstDay = from == null ? null : (Integer) Dates.day("--from", from);
    Long known = knownAt == null ? null : (Long) Dates.instant("--known-at", knownAt);
    if (firstDay != null && lastDay != null) {
      Dates.ordered(firstDay, lastDay);
    }
    HistoryFile file = output == null ? null : HistoryFile.of(output, console);
    try (Session session = asking.open(console);
        View view = known == null ? session.store().now() : session.store().knownAt(known)) {
      int last = lastDay != null ? lastDay : asking.asOf(session, view, console);
      int first = firstDay != null ? firstDay : last - USUAL_DAYS + 1;
      Dates.ordered(first, last);
      if (last - first >= MOST_DAYS) {
        throw new InputException("a history has at most 100 years: bring --from and --to nearer");
      }
      tell(session, view, first, last, file);
    }
    return Commands.DONE;
  }

  private void tell(Session session, View view, int first, int last, @Nullable HistoryFile file) {
    List<Histories.Period> periods =
        session.models().periods(asking.model(), asking.version(), first, last);
    long kinds = periods.stream().map(each -> each.use().model().subject()).distinct().count();
    if (kinds > 1) {
      throw new InputException(
          "the versions of the model on these days score different kinds of subjects: choose one with --model-version");
    }
    if (file != null) {
      long rows = file.write(sink -> read(view, periods, sink));
      console.note("wrote %s scores to %s".formatted(Numbers.count(rows), output));
    } else if (asking.json()) {
      HistoryFile.json(sink -> read(view, periods, sink), console.out());
    } else {
      HistoryTable table = new HistoryTable(console, periods);
      read(view, periods, table);
      table.print(id != null);
    }
  }

  private void read(View view, List<Histories.Period> periods, Histories.Sink sink) {
    Histories histories = new Histories(view);
    if (id == null) {
      histories.all(periods, all, sink);
    } else {
      Individual who = Individual.scored(view, periods.getLast().use().model().subject(), id);
      histories.one(periods, who, sink);
    }
  }
}
