package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Every command of the command line on two equal workspaces, of which a server holds one.
@Timeout(240)
class EveryCommandTest {
  /// The commands in their order, since many change what the next ones find. DIR is the folder
  /// beside the workspace.
  private static final List<String> COMMANDS =
      """
      model list
      model list --json
      model versions
      model versions shop
      model propose
      model propose --json
      model propose --as-of 2026-03-18 -o DIR/proposed.yaml
      model propose --as-of 2026-03-18 -o DIR/nowhere/proposed.yaml
      model propose --as-of 2020-01-01
      model propose --as-of 2020-01-01 --json
      model check
      model check --json
      model check DIR/draft.yaml
      model check DIR/wrong.yaml
      model check DIR/wrong.yaml DIR/draft.yaml --json
      model check DIR/nothing.yaml
      model check DIR
      model test DIR/shop/models/shop.yaml
      model test DIR/draft.yaml --json
      model test DIR/nothing.yaml
      model diff DIR/shop/models/shop.yaml DIR/draft.yaml
      model diff DIR/shop/models/shop.yaml DIR/draft.yaml --json
      model diff DIR/draft.yaml
      model diff DIR/wrong.yaml
      model diff DIR/nothing.yaml DIR/draft.yaml
      model diff
      model whatif DIR/draft.yaml --as-of 2026-03-18
      model whatif DIR/draft.yaml --as-of 2026-03-18 --json
      model whatif DIR/draft.yaml --as-of 2026-03-18 --against DIR/shop/models/shop.yaml --all
      model whatif DIR/draft.yaml --against shopp
      model whatif DIR/draft.yaml --against DIR/nothing.yaml
      model whatif DIR/other.yaml
      model whatif DIR/nothing.yaml
      model whatif DIR/draft.yaml
      model publish DIR/shop/models/shop.yaml --note first
      model publish DIR/shop/models/shop.yaml
      model publish DIR/shop/models/shop.yaml --json
      model publish DIR/draft.yaml --json
      model publish DIR/wrong.yaml
      model publish DIR/nothing.yaml
      model publish
      model diff DIR/shop/models/shop.yaml
      model diff DIR/shop/models/shop.yaml --model-version 1 --json
      model diff DIR/shop/models/shop.yaml --model-version 9
      model diff DIR/draft.yaml DIR/draft.yaml --model-version 1
      model versions
      model versions shop --json
      model versions shopp
      model list
      model
      score --as-of 2026-03-18
      score --as-of 2026-03-18 --json
      score --as-of 2026-03-18 --model-version 2 --json
      score --as-of 2026-03-18 --model DIR/draft.yaml
      score --model DIR/nothing.yaml
      score --model shopp
      score --as-of never
      score --as-of 2026-03-18 --grid
      score --as-of 2026-03-18 --output DIR/score.csv
      score --as-of 2026-03-18 --output DIR/nowhere/score.csv
      score --as-of 2026-03-18 --output DIR/score.txt
      score @DIR/options
      score --nonsense
      explain ann --to 2026-03-18
      explain ann --to 2026-03-18 --from 2026-03-10 --json
      explain ann --to 2026-03-18 --model DIR/draft.yaml
      explain nobody
      history ann --from 2026-03-10 --to 2026-03-18
      history --from 2026-03-17 --to 2026-03-18 --json
      history --from 2026-03-17 --to 2026-03-18 --output DIR/history.json
      next ann --as-of 2026-03-18
      next ann --as-of 2026-03-18 --json
      metric --list
      metric --list --json
      metric dau --from 2026-03-10 --to 2026-03-18
      metric dau --from 2026-03-10 --to 2026-03-18 --every week --json
      metric ctr --from 2026-03-10 --to 2026-03-18 --by channel
      metric dauu
      metric
      metric wau --from 2026-03-10 --to 2026-03-18 --by segment --json
      metric score.mean --from 2026-03-10 --to 2026-03-18 --by band
      segment list --day 2026-03-18
      segment list --json
      segment members inviters --day 2026-03-18
      segment members inviters --day 2026-03-18 --output DIR/members.csv
      segment members inviterz
      segment days inviters --from 2026-03-10 --to 2026-03-18
      segment days inviters --from 2026-03-10 --to 2026-03-18 --json
      segment compare inviters pilots --from 2026-03-10 --to 2026-03-18
      segment compare inviters pilots --from 2026-03-10 --to 2026-03-18 --json
      segment migration --from 2026-03-10 --to 2026-03-18
      segment migration --from 2026-03-10 --to 2026-03-18 --segment inviters --json
      segment import pilots DIR/ids.txt
      segment import pilots DIR/ids.txt --remove --json
      segment import pilots DIR/nothing.txt
      segment import inviters DIR/ids.txt
      segment
      funnel --list
      funnel --step event=="Login" --step event=="InviteSent" --from 2026-03-10 --to 2026-03-18
      funnel --step type=="track" --step type=="track" --window 1d --from 2026-03-10 --to 2026-03-18 --json
      funnel nothing
      funnel --step (
      retention --every day --from 2026-03-10 --to 2026-03-18
      retention --every week --from 2026-03-10 --to 2026-03-18 --rolling --json
      lifecycle --every week --from 2026-03-10 --to 2026-03-18
      lifecycle --every day --from 2026-03-10 --to 2026-03-18 --json
      survival --from 2026-03-10 --to 2026-03-18
      survival --from 2026-03-10 --to 2026-03-18 --by band --json
      survival --by plan
      paths --from 2026-03-10 --to 2026-03-18
      paths --from 2026-03-10 --to 2026-03-18 --length 2 --json
      paths --length 9
      high-scorers --from 2026-03-10 --to 2026-03-18
      high-scorers --from 2026-03-10 --to 2026-03-18 --json
      explain-sql --as-of 2026-03-18
      explain-sql --as-of 2026-03-18 --dialect spark --model DIR/draft.yaml
      verify --json --model shop
      import DIR/late.csv --json
      import DIR/odd.csv --delimiter ~ --json
      import DIR/nothing.csv
      import DIR/late.csv --dry-run --json
      import DIR/late.csv --zone nowhere
      rejected
      rejected list --json
      rejected --reason bad_timestam
      rejected replay --json
      rejected replay --map DIR/nothing.yaml
      rejected replay --map DIR/map.yaml --time-format dd.MM.yyyy --zone UTC
      rejected replay
      rejected replay --json
      score --as-of 2026-03-31 --json
      export events
      export customers
      export accounts
      export rejected
      export scores --as-of 2026-03-31
      export events --source nobody
      export customers --output DIR/people.csv
      quality
      quality list --json
      quality apply
      quality apply --json
      quality excluded
      quality excluded --json
      quality excluded --rule bot
      quality excluded --limit 0
      quality readmit bob --note because
      quality readmit ann --rule bots --json
      quality readmit nobody
      quality readmit
      quality readmitted
      quality readmitted --json
      quality remove 1
      quality remove 2 --json
      quality remove 1
      quality sweep
      quality sweep --json
      key create --source web --value a-key-of-old --origin https://example.org --browser
      key create --source web --json
      key create --source web --value a-key-of-old
      key create --source web --origin nonsense
      key create
      key list
      key list --json
      key rotate 0123456789ab
      key revoke 0123456789ab
      secret create --source web
      secret create --source web --json
      secret list
      secret list --json
      secret revoke 0123456789ab
      token create --scope read --name me
      token create --scope read --days 3 --json
      token create --scope all
      token create --scope read --days 0
      person list
      person link
      person link --json
      person add ann@example.org --role admin --name Ann
      person add ann@example.org --role viewer
      person add bob --role viewer
      person add bob@example.org --role boss
      person add bob@example.org --role viewer --accounts account.owner==me --json
      person add eve@example.org --role viewer --accounts owner==
      person role bob@example.org manager
      person role eve@example.org manager
      person role bob@example.org boss
      person link bob@example.org
      person link eve@example.org
      person list
      person list --json
      person remove bob@example.org
      person remove bob@example.org
      person list --json
      object nobody-at-all
      object ann --note "by telephone"
      object --undo ann
      object --undo bob
      object --undo ann --note x
      object --note x
      forget nobody-at-all
      forget bob --json
      forget --now
      forget
      backup DIR/backup
      backup DIR/nowhere/backup
      rebuild
      score --as-of 2026-03-31 --json
      verify --json --model shop
      """
          .lines()
          .toList();

  /// What needs no server, or is refused beside one.
  private static final List<String> OTHERS = List.of("help", "init", "demo", "restore", "serve");

  @TempDir private Path folder;

  /// A workspace with what the commands name beside it.
  private static void fill(Path folder) throws IOException {
    Files.createDirectories(folder);
    Shop shop = Shop.open(folder);
    try (Stream<Path> models = Files.list(shop.workspace.resolve("models"))) {
      for (Path each : models.filter(file -> !file.equals(shop.model)).toList()) {
        Files.delete(each);
      }
    }
    String draft = Shop.MODEL.replace("points: 10", "points: 7").replace("score: 21", "score: 15");
    Cli.write(folder.resolve("draft.yaml"), draft);
    Cli.write(folder.resolve("other.yaml"), draft.replace("name: shop", "name: other"));
    Cli.write(folder.resolve("wrong.yaml"), draft.replace("window: 10d", "windov: 10d"));
    Cli.write(folder.resolve("options"), "--as-of 2026-03-18\n--json\n");
    Cli.write(folder.resolve("late.csv"), "user_id,event,timestamp\ndan,Invite Sent,31.03.2026\n");
    Cli.write(folder.resolve("odd.csv"), "user_id~event~timestamp\neve~Login~2026-03-30\n");
    Cli.write(folder.resolve("map.yaml"), "map: {event: event}\n");
    Cli.write(folder.resolve("ids.txt"), "ann\nbob\nnobody\n");
    Path segments = shop.workspace.resolve("segments");
    Cli.write(
        segments.resolve("inviters.yaml"),
        "name: inviters\nwhen: count(\"Invite Sent\", \"30d\") > 0\n");
    Cli.write(segments.resolve("pilots.yaml"), "name: pilots\nlist: true\n");
    Cli.write(segments.resolve("wrong.yaml"), "name: wrong\nwhen: scor > 1\n");
  }

  private Cli run(Path folder, String command) {
    List<Object> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      words.add(word.replace("DIR", folder.toString()));
    }
    if (!command.startsWith("model test")
        && !command.equals("model")
        && !command.equals("segment")) {
      words.add("--workspace");
      words.add(folder.resolve("shop"));
    }
    return Cli.run(words.toArray());
  }

  /// What it said, without what is never the same twice.
  private String said(Path folder, String command) {
    Cli ran = run(folder, command);
    String text = "%s%nstatus %d%n%s--%n%s".formatted(command, ran.status(), ran.out(), ran.err());
    return text.replace(folder.toString(), "DIR")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d[0-9:.]*Z", "TIME")
        .replaceAll("[0-9.,]+ (s|KB|MB|records/s)\\b", "N $1")
        .replaceAll("(web +server +)[A-Za-z0-9_-]{4}\n", "$1X\n")
        .replaceAll("http://127.0.0.1:[0-9]+/", "URL/")
        // What is sent to a server goes by its name alone.
        .replace("DIR/late.csv", "late.csv")
        .replaceAll("\"(value|id|hint)\":\"[^\"]*\"", "\"$1\":\"X\"")
        .replaceAll(
            "\\b[0-9a-f]{12}\\b|\\b(sec|pub|tok|sgn)_?[A-Za-z0-9_-]{16,}|[A-Za-z0-9_-]{40,}", "X");
  }

  private Server serve(Path folder) {
    Workspace held = Workspace.open(folder.resolve("shop"));
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    return new Server(held, settings, Clock.systemUTC(), new HeldCommands(held));
  }

  @Test
  void every_command_says_the_same_with_and_without_a_server() throws IOException {
    Path alone = folder.resolve("singly");
    Path served = folder.resolve("served");
    fill(alone);
    fill(served);
    List<String> without = COMMANDS.stream().map(command -> said(alone, command)).toList();
    try (Server server = serve(served)) {
      assertThat(server.port()).isPositive();
      for (int i = 0; i < COMMANDS.size(); i++) {
        assertThat(said(served, COMMANDS.get(i))).isEqualTo(without.get(i));
      }
    }
    for (String file :
        List.of("proposed.yaml", "score.csv", "members.csv", "history.json", "people.csv")) {
      assertThat(served.resolve(file)).hasSameTextualContentAs(alone.resolve(file));
    }
  }

  private static Stream<String> names(CommandLine of, String before) {
    return of.getSubcommands().values().stream()
        .flatMap(each ->
            each.getSubcommands().isEmpty()
                ? Stream.of(before + each.getCommandName())
                : names(each, before + each.getCommandName() + " "));
  }

  @Test
  void no_command_is_left_out() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    assertThat(names(Commands.tree(new Console(nowhere, nowhere, false)), ""))
        .hasSizeGreaterThan(25)
        .allMatch(name ->
            OTHERS.contains(name)
                || COMMANDS.stream().anyMatch(each -> (each + " ").startsWith(name + " ")));
  }

  @Test
  void what_cannot_be_done_beside_a_server_says_so_and_what_to_do() throws IOException {
    Path served = folder.resolve("served");
    fill(served);
    run(served, "backup DIR/backup");
    try (Server server = serve(served)) {
      assertThat(server.port()).isPositive();
      for (String command :
          List.of(
              "serve",
              "serve --port 0",
              "restore DIR/backup",
              "restore DIR/backup --replace",
              "rebuild --time-zone")) {
        Cli ran = run(served, command);
        assertThat(ran.status()).as(command).isEqualTo(2);
        assertThat(ran.out()).as(command).isEmpty();
        assertThat(ran.err()).as(command).contains("server", "stop it");
      }
      assertThat(Cli.run("init", served.resolve("shop")).err()).contains("is a workspace already");
      assertThat(Cli.run("demo", "--no-serve", "--keep", served.resolve("shop")).err())
          .contains("is there already");
      assertThat(run(served, "score --as-of 2026-03-18").status()).isZero();
    }
  }
}
