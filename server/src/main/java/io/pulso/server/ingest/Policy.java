package io.pulso.server.ingest;

/// The rules of a source, made ready for its requests.
public final class Policy {
  public static final Policy DEFAULT = new Policy(SourceRules.DEFAULT);

  final SourceRules rules;
  final Scrubber scrubber;
  final Consent consent;

  public Policy(SourceRules rules) {
    this.rules = rules;
    this.scrubber = new Scrubber(rules);
    this.consent = new Consent(rules.consent());
  }
}
