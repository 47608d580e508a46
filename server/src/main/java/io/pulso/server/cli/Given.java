package io.pulso.server.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command line of which it is known what it is.
///
/// @param words with those of files that it names by @
/// @param served null for a command that no server runs, and for its help
record Given(List<String> words, @Nullable Served served) {
  /// Reads a command line; a wrong one is a [CommandLine.ParameterException].
  static Given read(CommandLine tree, List<String> words) {
    CommandLine.ParseResult all = tree.parseArgs(words.toArray(String[]::new));
    CommandLine.ParseResult last = all;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    boolean served =
        last.commandSpec().userObject() instanceof Served && !last.isUsageHelpRequested();
    return new Given(all.expandedArgs(), served ? (Served) last.commandSpec().userObject() : null);
  }
}
