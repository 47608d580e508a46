package io.pulso.server.cli;

import picocli.CommandLine.IVersionProvider;

/// The program's name and version, as the jar's manifest says.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"pulso " + number()};
  }

  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
