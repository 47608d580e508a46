package io.pulso.server.cli;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.api.CoverageAnswer;
import io.pulso.server.api.ExplainAnswer;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Says why somebody has its score, or why the score changed.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Served {
  private final Console console;

  @Parameters(paramLabel = "ID", description = "A customer or an account, as the model scores.")
  private String id = "";

  @Mixin private Asking asking = new Asking();

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "The day whose score is explained; default yesterday.")
  private @Nullable String to;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "An earlier day: then the change since it is explained.")
  private @Nullable String from;

  @Option(
      names = "--from-known-at",
      paramLabel = "INSTANT",
      description = "When the score of --from was seen: what was recorded later is told apart.")
  private @Nullable String fromKnownAt;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Uses only what was received by then.")
  private @Nullable String knownAt;

  ExplainCommand(Console console) {
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
  public Integer call() {
    Integer lastDay = to == null ? null : (Integer) Dates.day("--to", to);
    Integer firstDay = from == null ? null : (Integer) Dates.day("--from", from);
    Long seen = fromKnownAt == null ? null : (Long) Dates.instant("--from-known-at", fromKnownAt);
    Long known = knownAt == null ? null : (Long) Dates.instant("--known-at", knownAt);
    if (seen != null && firstDay == null) {
      throw new InputException("--from-known-at needs --from, the day whose score was seen");
    }
    if (seen != null && known != null) {
      throw new InputException("give --known-at or --from-known-at, not both");
    }
    if (firstDay != null && lastDay != null) {
      Dates.ordered(firstDay, lastDay);
    }
    try (Session session = asking.open(console);
        View view = known == null ? session.store().now() : session.store().knownAt(known)) {
      int day = lastDay != null ? lastDay : asking.asOf(session, view, console);
      ExplainedScore score =
          firstDay == null ? one(session, view, day) : two(session, view, firstDay, day, seen);
      answer(score, coverage(session, view, score));
    }
    return Commands.DONE;
  }

  private static Coverage coverage(Session session, View view, ExplainedScore score) {
    return Coverage.of(
        view,
        score.use().model(),
        score.to(),
        session.workspace().days(),
        Clock.systemUTC().millis() * 1000);
  }

  private void answer(ExplainedScore score, Coverage coverage) {
    if (asking.json()) {
      Json.Obj answer = ExplainAnswer.json(score);
      console.json(coverage.isLow() ? CoverageAnswer.with(answer, coverage) : answer);
    } else {
      new ExplainTable(console).print(score);
      CoverageText.print(console, coverage);
    }
  }

  private ExplainedScore one(Session session, View view, int day) {
    InUse use = asking.use(session, day);
    Individual who = Individual.scored(view, use.model().subject(), id);
    applies(view, use.model(), who, day);
    return new Explaining(view).day(use, who, day);
  }

  private ExplainedScore two(Session session, View view, int first, int last, @Nullable Long seen) {
    Dates.ordered(first, last);
    InUse use = asking.use(session, last);
    InUse before = asking.use(session, first);
    if (use.model().subject() != before.model().subject()) {
      throw new InputException(
          "version %s scores other subjects than version %s: choose one with --model-version"
              .formatted(before.version(), use.version()));
    }
    Individual who = Individual.scored(view, use.model().subject(), id);
    applies(view, use.model(), who, last);
    Explaining.Side from = new Explaining.Side(before, first);
    Explaining.Side to = new Explaining.Side(use, last);
    if (seen == null) {
      return new Explaining(view).between(who, from, to, null);
    }
    try (View then = session.store().knownAt(seen)) {
      return new Explaining(view).between(who, from, to, then);
    }
  }

  private static void applies(View view, Model model, Individual who, int day) {
    Expression condition = model.appliesTo();
    boolean exists = who.firstDay() <= day;
    if (condition != null
        && exists
        && !view.matching(who.kind(), condition.condition(), day).get(who.number())) {
      throw new InputException(
          "the model '%s' does not score %s on %s: %s is false there (applies_to)"
              .formatted(model.name(), Shown.text(who.id()), Numbers.day(day), condition.text()));
    }
  }
}
