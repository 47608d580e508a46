package io.pulso.server.cli;

import picocli.CommandLine;

/// The list of all commands.
final class Subcommands {
  private Subcommands() {}

  static void addTo(CommandLine tree, Console console) {
    tree.addSubcommand(new CommandLine.HelpCommand());
    tree.addSubcommand(new InitCommand(console));
  }
}
