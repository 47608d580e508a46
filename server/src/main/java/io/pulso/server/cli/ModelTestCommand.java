package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelTest;
import io.pulso.server.api.Answer;
import io.pulso.server.api.ModelExamples.Outcome;
import io.pulso.server.app.ModelTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description = "Runs the examples written in a model file; their days are days in UTC.",
    mixinStandardHelpOptions = true)
final class ModelTestCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Model files.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Answer> answers = new ArrayList<>();
    boolean passed = true;
    for (Path file : files) {
      Model model = console.model(file).model();
      List<Outcome> outcomes = ModelTests.run(model);
      passed &= outcomes.stream().allMatch(Outcome::passed);
      if (json) {
        answers.add(
            new Answer()
                .put("file", file.toString())
                .put("model", model.name())
                .objects("tests", outcomes, ModelTestCommand::answer));
      } else {
        print(file, model, outcomes);
      }
    }
    if (json) {
      console.json(
          new Answer().put("passed", passed).objects("files", answers, answer -> answer).json());
    }
    return passed ? Commands.DONE : Commands.NOT_ALL;
  }

  private static Answer answer(Outcome outcome) {
    ModelTest test = outcome.test();
    return new Answer()
        .put("name", test.name())
        .put("line", test.line())
        .put("passed", outcome.passed())
        .milli("expected_score", test.score())
        .put("expected_band", test.band())
        .milli("score", outcome.score())
        .put("band", outcome.band())
        .put("fault", outcome.fault());
  }

  private void print(Path file, Model model, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      console.line(
          "%s: the model '%s' has no tests; write some under 'tests:'"
              .formatted(file, model.name()));
      return;
    }
    for (Outcome outcome : outcomes) {
      console.line("%s  %s".formatted(outcome.passed() ? "ok  " : "FAIL", outcome.test().name()));
      if (!outcome.passed()) {
        console.line(
            "      %s:%d: expected %s"
                .formatted(
                    file,
                    outcome.test().line(),
                    text(outcome.test().score(), outcome.test().band())));
        console.line("      but got  " + got(outcome));
      }
    }
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    console.line(
        failed == 0
            ? "%s: all %d pass".formatted(file, outcomes.size())
            : "%s: %d of %d fail".formatted(file, failed, outcomes.size()));
  }

  private static String got(Outcome outcome) {
    return outcome.fault() != null
        ? "no score: " + outcome.fault()
        : text(outcome.score(), outcome.band());
  }

  private static String text(@Nullable Long score, @Nullable String band) {
    if (score == null) {
      return String.valueOf(band);
    }
    return Numbers.plain(score) + (band == null ? "" : ", " + band);
  }
}
