package io.pulso.server.app;

/// The settings that hold. Some of them change while a server runs, the others at its next start.
public final class HeldSettings {
  private volatile Settings now;

  HeldSettings(Settings now) {
    this.now = now;
  }

  Settings now() {
    return now;
  }

  /// Takes over what can be changed while a server runs: everything but the time zone, which the
  /// store counts days in, and what the server was started with.
  void use(Settings written) {
    now = written.startedAs(now);
  }
}
