package io.pulso.server.app;

/// Something that a server does once a night.
public interface NightlyWork {
  /// What it is called in the log.
  String name();

  /// Does it; a fault is logged, and the others are done all the same.
  void run();
}
