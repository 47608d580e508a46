package io.pulso.server.door;

import io.pulso.server.ingest.Policy;
import io.pulso.server.ingest.SourceRules;
import java.util.Set;

/// The rules of sources, as tests need them.
final class Rules {
  private Rules() {}

  /// The usual rules of a source that asks for consent.
  static Policy asking(String category) {
    SourceRules usual = SourceRules.DEFAULT;
    return new Policy(
        new SourceRules(
            category,
            usual.ip(),
            usual.parameters(),
            usual.redacted(),
            usual.refused(),
            false,
            null,
            usual.most()));
  }

  static Policy keeping(SourceRules.Ip ip, Set<String> parameters, Set<String> redacted) {
    SourceRules usual = SourceRules.DEFAULT;
    return new Policy(
        new SourceRules(
            null, ip, parameters, redacted, Set.of("My Money"), false, "kiosk", usual.most()));
  }

  static Policy signed() {
    SourceRules usual = SourceRules.DEFAULT;
    return new Policy(
        new SourceRules(
            null,
            usual.ip(),
            usual.parameters(),
            usual.redacted(),
            usual.refused(),
            true,
            null,
            usual.most()));
  }

  static Policy atMost(int names, int keys, int visitors) {
    SourceRules usual = SourceRules.DEFAULT;
    return new Policy(
        new SourceRules(
            null,
            usual.ip(),
            usual.parameters(),
            usual.redacted(),
            usual.refused(),
            false,
            null,
            new SourceRules.Most(names, keys, visitors)));
  }
}
