package io.pulso.server.cli;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.SampleTraffic;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves the sample company at the loopback address, with customers that go on living.
final class DemoServer {
  private static final int USUAL = 8080;

  private final Console console;
  private final Workspace workspace;
  private final Path files;
  private final LocalDate last;

  /// @param files of the sample company
  /// @param last the last day in them
  DemoServer(Console console, Workspace workspace, Path files, LocalDate last) {
    this.console = console;
    this.workspace = workspace;
    this.files = files;
    this.last = last;
  }

  /// Serves until the process is asked to end.
  ///
  /// @param port null for the usual one, or another where it is taken
  /// @param browser that shows the pages
  void run(@Nullable Integer port, BrowserWindow browser) throws InterruptedException {
    int at = port != null ? port : isFree(USUAL) ? USUAL : 0;
    ServerSettings settings =
        ServerSettings.of(workspace.settings().server(), Map.of()).withPort(at);
    Clock clock = Clock.systemUTC();
    try (Serving serving = Serving.start(console, workspace, settings, clock)) {
      String key = serving.server().key("sample");
      String token = serving.server().token("demo", Scope.READ);
      String welcome = serving.server().welcome();
      tell(serving.address(), welcome, key, token);
      browser.show(welcome != null ? welcome : serving.address());
      SampleTraffic traffic = new SampleTraffic(files, last, serving.address(), key, clock);
      try (traffic) {
        serving.untilStopped();
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException e) {
      return false;
    }
  }

  private void tell(String address, @Nullable String welcome, String key, String token) {
    console.line("");
    if (welcome != null) {
      console.line("See it in a browser. This link makes you its administrator, for 15 minutes:");
      console.line("");
      console.line("  " + welcome);
      console.line("");
    }
    console.line(
        "Served at " + address + ", where its customers go on living. Send an event of yours:");
    console.line("");
    console.line("  curl -u " + key + ": " + address + "/v1/track \\");
    console.line(
        "    -d '{\"userId\":\"me\",\"event\":\"Feature Used\",\"properties\":{\"feature\":\"reports\"}}'");
    console.line("");
    console.line("and see its score a moment later, with the reasons:");
    console.line("");
    console.line(
        "  curl -H 'Authorization: Bearer "
            + token
            + "' "
            + address
            + "/api/v1/customers/me/explanation");
    console.line("");
    console.line("Ctrl-C stops it.");
    console.flush();
  }
}
