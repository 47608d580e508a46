package io.pulso.server.sample;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How an account found the company. The kinds differ in how well the accounts fit and in what a
/// week of advertising costs a company of 5,000 customers.
enum Origin {
  ORGANIC(0.42, 0.1, 0, null),
  PARTNER(0.10, 0.5, 0, "partner-referral"),
  SEARCH_BRAND(0.14, 0.4, 50, "search-brand"),
  SEARCH_GENERIC(0.18, 0.2, 105, "search-generic"),
  RETARGETING(0.10, 0, 60, "social-retargeting"),
  DISPLAY(0.06, -0.9, 110, "display-awareness");

  static final double[] SHARES = shares();

  final double share;
  final double fit;
  final double weeklyCost;
  final @Nullable String campaign;

  Origin(double share, double fit, double weeklyCost, @Nullable String campaign) {
    this.share = share;
    this.fit = fit;
    this.weeklyCost = weeklyCost;
    this.campaign = campaign;
  }

  boolean isAdvertising() {
    return weeklyCost > 0;
  }

  /// The campaign's name as it stands in events.
  String word() {
    return campaign == null ? "organic" : campaign;
  }

  private static double[] shares() {
    return Arrays.stream(values()).mapToDouble(v -> v.share).toArray();
  }
}
