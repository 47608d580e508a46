package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.server.api.ProposalAnswer;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.starter.Proposal;
import io.pulso.server.starter.Shortfall;
import io.pulso.server.starter.Starter;
import io.pulso.server.store.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "propose",
    description = "Proposes a first model from what customers did in the last four weeks.",
    mixinStandardHelpOptions = true)
final class ModelProposeCommand implements Served {
  private final Console console;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the model into a file; default standard output.")
  private @Nullable Path output;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "The last day that is looked at; default today, or the last day with events.")
  private @Nullable String asOf;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Prints rules, reasons and the spread of scores as JSON.")
  private boolean json;

  ModelProposeCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public @Nullable Path writes() {
    return output;
  }

  @Override
  public Integer call() {
    Integer given = asOf == null ? null : (Integer) Dates.day("--as-of", asOf);
    Proposal proposal = proposal(given);
    String text = proposal.text();
    if (json) {
      console.json(ProposalAnswer.json(proposal));
    }
    if (text == null) {
      if (json && output == null) {
        return Commands.DONE;
      }
      throw new InputException(
          proposal.shortfalls().stream()
              .map(ModelProposeCommand::words)
              .collect(Collectors.joining("; ")));
    }
    if (output != null) {
      console.file(output).bytes(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      console.note("wrote a model with %d rules to %s".formatted(proposal.rules().size(), output));
    } else if (!json) {
      console.out().print(text);
    }
    if (!json) {
      proposal.shortfalls().forEach(shortfall -> console.note("note: " + words(shortfall)));
    }
    return Commands.DONE;
  }

  private Proposal proposal(@Nullable Integer given) {
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      int today = session.workspace().days().day(Clock.systemUTC().millis() * 1000);
      Set<String> taken =
          session.models().everything().stream()
              .map(InUse::model)
              .map(Model::name)
              .collect(Collectors.toSet());
      return Starter.read(view, given == null ? today : given, taken).proposal();
    }
  }

  private static String words(Shortfall shortfall) {
    return switch (shortfall) {
      case NO_EVENTS ->
          "there are no events to propose a model from: import some, or let a source send them";
      case NOBODY_ACTIVE ->
          "no customer did anything in the four weeks up to that day: choose another with --as-of, or send events with a userId";
      case NOBODY_IDENTIFIED ->
          "no customer is identified, so anonymous visitors are looked at: scores are shown for those with a userId";
      case NOTHING_COUNTS ->
          "nothing that arrives can be counted for engagement: send what customers do, such as pages or features they use";
      case TOO_FEW ->
          "too few customers were active to scale points by, so they are the usual ones: propose again once there are ten";
      case MOST_DO_NOTHING ->
          "more than half of the active customers did nothing that counts, so the median stays below somewhat engaged";
      case TOO_ALIKE ->
          "the active customers did nearly the same, so the median is somewhat engaged but the top tenth does not stand out";
      case ONE_RULE ->
          "one thing alone is counted and decides the score: send more of what they do";
    };
  }
}
