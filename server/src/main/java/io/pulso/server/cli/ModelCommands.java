package io.pulso.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The life of a model: written, checked, tried, published.
@Command(
    name = "model",
    description = "Lists, proposes, checks, compares, tries and publishes models.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ModelCommands implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ModelCommands() {}

  static CommandLine tree(Console console) {
    CommandLine tree = new CommandLine(new ModelCommands());
    tree.addSubcommand(new ModelListCommand(console));
    tree.addSubcommand(new ModelProposeCommand(console));
    tree.addSubcommand(new ModelCheckCommand(console));
    tree.addSubcommand(new ModelTestCommand(console));
    tree.addSubcommand(new ModelDiffCommand(console));
    tree.addSubcommand(new ModelWhatIfCommand(console));
    tree.addSubcommand(new ModelPublishCommand(console));
    tree.addSubcommand(new ModelVersionsCommand(console));
    return tree;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: pulso model list, propose, check, test, diff, whatif, publish or versions");
  }
}
