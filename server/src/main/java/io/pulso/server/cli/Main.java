package io.pulso.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The program.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Console console = new Console(utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal());
    Runtime.getRuntime().exit(Commands.run(console, args));
  }

  @SuppressWarnings("SystemConsoleNull") // JSpecify calls it nullable
  private static boolean isTerminal() {
    java.io.Console system = System.console();
    return system != null && system.isTerminal();
  }

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), false, StandardCharsets.UTF_8);
  }
}
