package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of the project give the scores that stand beside them.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath().resolveSibling("examples");

  @TempDir private Path folder;

  @Test
  void saas_gives_what_one_adds_up_by_hand() {
    run("saas", "events.jsonl", "UTC");
  }

  @Test
  void the_shop_gives_what_one_adds_up_by_hand() {
    run("shop", "events.csv", "Europe/Rome");
  }

  private void run(String name, String events, String zone) {
    Path example = EXAMPLES.resolve(name);
    Path workspace = folder.resolve(name);
    Path scores = folder.resolve("scores.csv");
    Cli.expect(0, "init", workspace, "--time-zone", zone);
    Cli.expect(0, "import", example.resolve(events), "--workspace", workspace);
    Cli.expect(
        0,
        "score",
        "--workspace",
        workspace,
        "--model",
        example.resolve("model.yaml"),
        "--as-of",
        "2026-03-31",
        "--output",
        scores);
    assertThat(Cli.read(scores)).isEqualTo(Cli.read(example.resolve("expected.csv")));
  }
}
