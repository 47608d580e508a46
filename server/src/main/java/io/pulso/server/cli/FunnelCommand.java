package io.pulso.server.cli;

import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Period;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Words;
import io.pulso.server.api.Answer;
import io.pulso.server.api.JourneyAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.FunnelFiles;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.FunnelAsked;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.Funnels;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "funnel",
    description = "Tells how far customers or accounts get, step by step.",
    mixinStandardHelpOptions = true)
final class FunnelCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "The funnel, such as checkout.")
  private @Nullable String id;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--step",
      paramLabel = "CEL",
      description = "A step of one's own, instead of ID: event == \"Login\"; once for each step.")
  private List<String> steps = new ArrayList<>();

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "Within which all steps are taken, such as 7d, 12h or 30m.")
  private @Nullable String window;

  @Option(names = "--order", paramLabel = "ordered|strict|any", description = "Of the steps.")
  private @Nullable String order;

  @Option(names = "--per", paramLabel = "customer|account", description = "Whose steps.")
  private @Nullable String per;

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "The last day; default the last whose time is over.")
  private @Nullable String to;

  @Option(
      names = "--by",
      paramLabel = "PLACE",
      description = "Broken down by channel, traits.plan, … as of the first step.")
  private @Nullable String by;

  @Option(names = "--list", description = "Lists all funnels.")
  private boolean list;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  FunnelCommand(Console console) {
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
    if ((id == null) == steps.isEmpty()) {
      throw new InputException(
          "say which funnel, or give --step at least twice; `pulso funnel --list` lists them");
    }
    Path place = by();
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      Funnel funnel = funnel(FunnelFiles.of(workspace));
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      Period usual = Funnels.usual(funnel, yesterday + 1, USUAL_DAYS);
      Period period = JourneyDays.period(from, to, USUAL_DAYS, usual.last());
      long now = Clock.systemUTC().millis() * 1000;
      long known = Funnels.known(workspace.days(), period.last(), now);
      FunnelTold told = Funnels.ask(view, new FunnelAsked(funnel, period, place, known));
      if (json) {
        console.json(JourneyAnswer.json(told));
      } else {
        print(told);
      }
    }
    return Commands.DONE;
  }

  private Integer list() {
    Map<String, Funnel> all = where.find().map(FunnelFiles::of).orElseGet(FunnelFiles::builtIn);
    if (json) {
      console.json(
          new Json.Arr(all.values().stream().<Json>map(JourneyAnswer::definition).toList()));
      return Commands.DONE;
    }
    TextTable table = new TextTable().text("id").text("window").text("per").text("steps");
    all.values()
        .forEach(funnel ->
            table.row(
                funnel.id(),
                FunnelReader.window(funnel.window()),
                funnel.per().name().toLowerCase(java.util.Locale.ROOT),
                String.join(" → ", funnel.steps().stream().map(JourneyAnswer::title).toList())));
    table.print(console, "");
    return Commands.DONE;
  }

  /// The one that is meant, with what options change.
  private Funnel funnel(Map<String, Funnel> all) {
    Answer text = new Answer();
    if (id == null) {
      text.texts("steps", steps);
    } else {
      Funnel known = all.get(id);
      if (known == null) {
        throw new InputException(
            "there is no funnel %s%s; `pulso funnel --list` lists them"
                .formatted(Words.quote(id), Nearest.hint(id, all.keySet())));
      }
      if (window == null && order == null && per == null) {
        return known;
      }
      Json.Obj written = JourneyAnswer.definition(known);
      written
          .fields()
          .forEach((key, value) -> {
            if (!(value instanceof Json.Null)) {
              text.put(key, value);
            }
          });
    }
    if (window != null) {
      text.put("window", window);
    }
    if (order != null) {
      text.put("order", order);
    }
    if (per != null) {
      text.put("per", per);
    }
    return FunnelReader.one("funnel", JsonText.write(text.json()));
  }

  private @Nullable Path by() {
    Path place = by == null ? null : By.read(by);
    if (by != null && place == null) {
      throw new InputException("--by cannot be %s: use %s".formatted(Words.quote(by), By.WAYS));
    }
    return place;
  }

  private void print(FunnelTold told) {
    Funnel funnel = told.asked().funnel();
    String title = funnel.title().in("en");
    console.line(
        "%s  %s to %s, within %s"
            .formatted(
                Shown.text(title == null ? funnel.id() : title),
                Numbers.day(told.asked().period().first()),
                Numbers.day(told.asked().period().last()),
                FunnelReader.window(funnel.window())));
    console.line("");
    FunnelCounts whole = told.whole();
    TextTable table =
        new TextTable()
            .text("step")
            .number("n")
            .number("of start")
            .number("of before")
            .number("median")
            .number("p90")
            .number("median of finished");
    for (int step = 0; step < funnel.steps().size(); step++) {
      long n = whole.reached().get(step);
      FunnelCounts.Wait wait = step == 0 ? null : whole.waits().get(step - 1);
      table.row(
          JourneyAnswer.title(funnel.steps().get(step)),
          Numbers.count(n),
          JourneyDays.percent(n, whole.entered()),
          step == 0 ? "" : JourneyDays.percent(n, whole.reached().get(step - 1)),
          wait == null ? "" : JourneyDays.time(wait.median()),
          wait == null ? "" : JourneyDays.time(wait.p90()),
          wait == null ? "" : JourneyDays.time(wait.medianOfFinished()));
    }
    table.print(console, "  ");
    if (whole.open() > 0) {
      console.line("");
      console.line(
          "  %s more began whose time is not over yet".formatted(Numbers.count(whole.open())));
    }
    if (!told.parts().isEmpty()) {
      console.line("");
      TextTable parts =
          new TextTable().text("part").number("entered").number("converted").number("share");
      told.parts()
          .forEach(part ->
              parts.row(
                  part.part() == null ? "(none)" : Shown.text(part.part()),
                  Numbers.count(part.counts().entered()),
                  Numbers.count(part.counts().converted()),
                  JourneyDays.percent(part.counts().converted(), part.counts().entered())));
      parts.print(console, "  ");
    }
  }
}
