package io.pulso.server.cli;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Survival;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Words;
import io.pulso.server.api.SurvivalAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.MetricFiles;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Courses;
import io.pulso.server.journey.Tenure;
import io.pulso.server.metric.Audience;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "survival",
    description = "Tells who left between two days, and how long customers stay.",
    mixinStandardHelpOptions = true)
final class SurvivalCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  @Option(names = "--per", paramLabel = "customer|account", description = "Of whom.")
  private @Nullable String per;

  @Option(names = "--by", paramLabel = "band|segment", description = "Of customers: by group.")
  private @Nullable String by;

  @Option(names = "--json", description = "Answer in JSON, with the course day by day.")
  private boolean json;

  SurvivalCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    Model.Subject whose = JourneyDays.per(per);
    if (by != null && !Tenure.WAYS.contains(by)) {
      throw new InputException("--by takes band or segment, not " + Words.quote(by));
    }
    if (by != null && whose == Model.Subject.ACCOUNT) {
      throw new InputException("--by tells customers apart: leave out --per account");
    }
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      Audience audience =
          new Audience(
              view,
              new PrimaryModels(session.models()),
              () -> new SegmentFolder(workspace).segments());
      List<Tenure.Group> groups =
          Tenure.ask(
              view,
              Tenure.silence(MetricFiles.of(workspace), whose),
              JourneyDays.period(from, to, USUAL_DAYS, yesterday),
              yesterday + 1,
              audience.groups(by));
      if (json) {
        console.json(SurvivalAnswer.json(whose, by, groups));
      } else {
        print(groups);
      }
    }
    return Commands.DONE;
  }

  private void print(List<Tenure.Group> groups) {
    TextTable left =
        new TextTable()
            .text("group")
            .text("by")
            .text("from")
            .text("to")
            .number("start")
            .number("lost")
            .number("new")
            .number("resurrected")
            .number("end")
            .number("churn")
            .text("95 %");
    TextTable stay =
        new TextTable()
            .text("group")
            .number("known")
            .number("gone")
            .number("median")
            .number("mean");
    for (Tenure.Group group : groups) {
      String name = by == null ? "everybody" : group.name();
      Stays.Stay commercial = group.commercial();
      if (commercial != null) {
        row(left, name, "cancellation", commercial);
      }
      row(left, name, "silence", group.silent());
      Survival lasting = group.lasting();
      boolean told = lasting.size() >= least();
      stay.row(
          name,
          Numbers.count(lasting.size()),
          Numbers.count(lasting.ended()),
          days(told ? lasting.quantile(0.5) : null),
          days(told ? lasting.mean() : null));
    }
    left.print(console, "");
    console.line("");
    stay.print(console, "");
  }

  private void row(TextTable table, String name, String way, Stays.Stay stay) {
    boolean told = stay.start() >= least();
    table.row(
        name,
        way,
        Numbers.day(stay.period().first()),
        Numbers.day(stay.period().last()),
        Numbers.count(stay.start()),
        Numbers.count(stay.lost()),
        Numbers.count(stay.fresh()),
        Numbers.count(stay.resurrected()),
        Numbers.count(stay.end()),
        told ? JourneyDays.percent(stay.lost(), stay.start()) : "–",
        told && stay.lost() == stay.lostOfStart() ? between(stay) : "");
  }

  private static String between(Stays.Stay stay) {
    Interval interval = Interval.wilson(stay.lost(), stay.start());
    return String.format(
        Locale.ROOT, "%.1f – %.1f %%", interval.low() * 100, interval.high() * 100);
  }

  /// Of smaller groups no rate is told.
  private int least() {
    return by == null ? 1 : Courses.LEAST;
  }

  private static String days(@Nullable Double days) {
    return days == null ? "–" : String.format(Locale.ROOT, "%.1f d", days);
  }
}
