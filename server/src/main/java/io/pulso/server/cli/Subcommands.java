package io.pulso.server.cli;

import picocli.CommandLine;

/// The list of all commands.
final class Subcommands {
  private Subcommands() {}

  static void addTo(CommandLine tree, Console console) {
    tree.addSubcommand(new CommandLine.HelpCommand());
    tree.addSubcommand(new DemoCommand(console));
    tree.addSubcommand(new InitCommand(console));
    tree.addSubcommand(new ImportCommand(console));
    tree.addSubcommand(new ScoreCommand(console));
    tree.addSubcommand(new RejectedCommand(console));
    tree.addSubcommand(new QualityCommand(console));
    tree.addSubcommand(new ExportCommand(console));
    tree.addSubcommand(new RebuildCommand(console));
    tree.addSubcommand(new BackupCommand(console));
    tree.addSubcommand(new RestoreCommand(console));
    tree.addSubcommand(new ForgetCommand(console));
    tree.addSubcommand(new ObjectCommand(console));
    tree.addSubcommand(new ExplainSqlCommand(console));
    tree.addSubcommand(new ExplainCommand(console));
    tree.addSubcommand(new HistoryCommand(console));
    tree.addSubcommand(new NextCommand(console));
    tree.addSubcommand(ModelCommands.tree(console));
    tree.addSubcommand(new MetricCommand(console));
    tree.addSubcommand(SegmentCommands.tree(console));
    tree.addSubcommand(new FunnelCommand(console));
    tree.addSubcommand(new RetentionCommand(console));
    tree.addSubcommand(new LifecycleCommand(console));
    tree.addSubcommand(new SurvivalCommand(console));
    tree.addSubcommand(new PathsCommand(console));
    tree.addSubcommand(new HighScorersCommand(console));
    tree.addSubcommand(new VerifyCommand(console));
    tree.addSubcommand(new ServeCommand(console));
    tree.addSubcommand(
        "key",
        group("key", "Makes, lists, rotates and revokes keys with which sources send.")
            .addSubcommand(new KeyCommand.Create(console))
            .addSubcommand(new KeyCommand.Listing(console))
            .addSubcommand(new KeyCommand.Rotate(console))
            .addSubcommand(new KeyCommand.Revoke(console)));
    tree.addSubcommand(
        "token",
        group("token", "Makes tokens with which programs use the API.")
            .addSubcommand(new TokenCommand(console)));
    tree.addSubcommand(
        "person",
        group("person", "Adds, lists and removes people who may use the pages.")
            .addSubcommand(new PersonCommand.Listing(console))
            .addSubcommand(new PersonCommand.Add(console))
            .addSubcommand(new PersonCommand.ChangeRole(console))
            .addSubcommand(new PersonCommand.Remove(console))
            .addSubcommand(new PersonCommand.Link(console)));
    tree.addSubcommand(
        "secret",
        group("secret", "Makes, lists and revokes secrets with which sources sign users.")
            .addSubcommand(new SecretCommand.Create(console))
            .addSubcommand(new SecretCommand.Listing(console))
            .addSubcommand(new SecretCommand.Revoke(console)));
  }

  /// A command that only holds others.
  private static CommandLine group(String name, String description) {
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create().name(name);
    spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
    spec.mixinStandardHelpOptions(true);
    return new CommandLine(spec);
  }
}
