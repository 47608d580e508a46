package io.pulso.server.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The browser of the person at this machine, where there is a screen; else nothing happens.
///
/// @param command what opens an address that is added to it; empty for nothing
record BrowserWindow(List<String> command) {
  BrowserWindow {
    command = List.copyOf(command);
  }

  static BrowserWindow none() {
    return new BrowserWindow(List.of());
  }

  static BrowserWindow ofThisMachine() {
    return of(System.getProperty("os.name", ""), System.getenv());
  }

  /// @param system its name, as Java has it
  /// @param environment where a screen is told on Linux and the like
  static BrowserWindow of(String system, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (environment.containsKey("CI") || environment.containsKey("SSH_CONNECTION")) {
      return none();
    }
    if (name.contains("mac")) {
      return new BrowserWindow(List.of("open"));
    }
    if (name.contains("windows")) {
      return new BrowserWindow(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
        ? new BrowserWindow(List.of("xdg-open"))
        : none();
  }

  /// Opens the address and does not wait. Where that cannot be, the address stands on the console.
  void show(String address) {
    if (command.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(command);
    words.add(address);
    try {
      new ProcessBuilder(words)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      return;
    }
  }
}
