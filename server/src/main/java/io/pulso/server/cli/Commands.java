package io.pulso.server.cli;

import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.store.StoreBusy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// All commands, and what becomes of their faults: exit status 0 done, 1 done with rejected rows or
/// a failed check, 2 something the user can mend, 3 an internal fault.
@Command(
    name = "pulso",
    description = "A customer engagement score that everybody can check.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Commands implements Callable<Integer> {
  static final int DONE = 0;
  static final int NOT_ALL = 1;
  static final int USER = 2;
  static final int INTERNAL = 3;

  private final Console console;

  private Commands(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    usage(tree(console), console);
    return USER;
  }

  private static void usage(CommandLine commands, Console console) {
    console.err().print(commands.getUsageMessage());
  }

  static CommandLine tree(Console console) {
    CommandLine tree = new CommandLine(new Commands(console));
    Subcommands.addTo(tree, console);
    tree.setCaseInsensitiveEnumValuesAllowed(true);
    tree.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    tree.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    tree.setUnmatchedOptionsArePositionalParams(false);
    return tree;
  }

  /// Runs one command line and gives its exit status.
  static int run(Console console, String... args) {
    CommandLine tree = tree(console);
    tree.setParameterExceptionHandler((e, given) -> misused(console, e));
    tree.setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    tree.setExpandAtFiles(console.held() == null);
    int status = through(console, args).orElseGet(() -> tree.execute(args));
    console.flush();
    return console.out().checkError() && status == DONE ? DONE : status;
  }

  /// The status of a command that a server ran; empty where it is to be run here.
  private static OptionalInt through(Console console, String... args) {
    try {
      return Through.run(console, args);
    } catch (InputException e) {
      return OptionalInt.of(failed(console, e));
    }
  }

  private static int misused(Console console, ParameterException e) {
    console.note("pulso: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(
        e, new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    console.note("`pulso help` lists the commands, `pulso COMMAND --help` its options");
    return USER;
  }

  private static int failed(Console console, Exception e) {
    switch (e) {
      case InputException input -> console.note("pulso: " + input.getMessage());
      case StoreBusy busy -> console.note("pulso: " + busy.getMessage());
      case ModelException model -> model.faults().forEach(console::note);
      default -> {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        console.note("pulso: internal fault, please report it with these lines\n" + trace);
        return INTERNAL;
      }
    }
    return USER;
  }
}
