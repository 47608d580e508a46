package io.pulso.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The program.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Console console =
        new Console(
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            System.console() != null && System.console().isTerminal());
    Runtime.getRuntime().exit(Commands.run(console, args));
  }

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), false, StandardCharsets.UTF_8);
  }
}
