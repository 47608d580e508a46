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
    tree.addSubcommand(new ExportCommand(console));
    tree.addSubcommand(new RebuildCommand(console));
    tree.addSubcommand(new ExplainSqlCommand(console));
    tree.addSubcommand(new ExplainCommand(console));
    tree.addSubcommand(new HistoryCommand(console));
    tree.addSubcommand(new NextCommand(console));
    tree.addSubcommand(ModelCommands.tree(console));
    tree.addSubcommand(new VerifyCommand(console));
  }
}
