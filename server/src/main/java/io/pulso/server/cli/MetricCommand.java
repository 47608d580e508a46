package io.pulso.server.cli;

import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.yaml.Words;
import io.pulso.server.api.MetricAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.MetricFiles;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Told;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "metric",
    description = "Tells what a metric comes to between two days.",
    mixinStandardHelpOptions = true)
final class MetricCommand implements Served {
  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 3_660;

  private final Console console;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "The metric, such as purchases.net.")
  private @Nullable String id;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  @Option(
      names = "--every",
      paramLabel = "day|week|month",
      description = "A series of days, weeks or months too.")
  private @Nullable String every;

  @Option(
      names = "--by",
      paramLabel = "PLACE",
      description =
          "Broken down by channel, source, event, traits.plan, properties.page, band, segment …")
  private @Nullable String by;

  @Option(names = "--list", description = "Lists all metrics.")
  private boolean list;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  MetricCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    if (list) {
      return list();
    }
    if (id == null) {
      throw new InputException("say which metric; `pulso metric --list` lists them");
    }
    Every cut = every();
    Path place = by();
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      Metric metric = MetricFiles.find(MetricFiles.of(workspace), id);
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      Period period = period(yesterday);
      Asked asked =
          new Asked(metric, period, cut, place, workspace.settings().weekStart(), yesterday + 1);
      Audience audience =
          new Audience(
              view,
              new PrimaryModels(session.models()),
              () -> new SegmentFolder(workspace).segments());
      Told told = Metrics.ask(view, asked, audience);
      if (json) {
        console.json(MetricAnswer.json(told));
      } else {
        new MetricTable(console, told).print();
      }
    }
    return Commands.DONE;
  }

  private Integer list() {
    if (id != null) {
      throw new InputException("--list lists all metrics: leave out " + Words.quote(id));
    }
    Map<String, Metric> all = where.find().map(MetricFiles::of).orElseGet(MetricFiles::builtIn);
    if (json) {
      console.json(
          new Json.Arr(all.values().stream().<Json>map(MetricAnswer::definition).toList()));
      return Commands.DONE;
    }
    TextTable table = new TextTable().text("id").text("unit").text("title");
    all.values()
        .forEach(metric ->
            table.row(metric.id(), MetricAnswer.word(metric.kind()), MetricTable.title(metric)));
    table.print(console, "");
    return Commands.DONE;
  }

  private Period period(int yesterday) {
    int last = to == null ? yesterday : Dates.day("--to", to);
    int first = from == null ? last - USUAL_DAYS + 1 : Dates.day("--from", from);
    Dates.ordered(first, last);
    if (last - first >= MOST_DAYS) {
      throw new InputException(
          "a metric is asked of at most 10 years: bring --from and --to nearer");
    }
    return new Period(first, last);
  }

  private Every every() {
    return switch (every) {
      case null -> Every.WHOLE;
      case "day" -> Every.DAY;
      case "week" -> Every.WEEK;
      case "month" -> Every.MONTH;
      default ->
          throw new InputException("--every takes day, week or month, not " + Words.quote(every));
    };
  }

  private @Nullable Path by() {
    if (by == null) {
      return null;
    }
    Path place = By.read(by);
    if (place == null) {
      throw new InputException("--by cannot be %s: use %s".formatted(Words.quote(by), By.WAYS));
    }
    return place;
  }
}
