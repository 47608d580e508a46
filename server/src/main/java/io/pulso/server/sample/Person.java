package io.pulso.server.sample;

/// One customer: what never changes, and the hidden state from which all that it does follows.
final class Person {
  static final String[] FEATURES = {
    "boards", "tasks", "comments", "files", "calendar", "reports",
    "dashboards", "forms", "automations", "timeline", "approvals", "api"
  };

  final String id;
  final String visitorId;
  final Account account;
  final Country country;
  final String platform;
  final String persona;
  final boolean mobile;

  /// Known by name only: it never does anything.
  final boolean silent;

  /// The day it joins its account; negative where that was before the period.
  final int join;

  /// What it tends to, before anything happens to it.
  final double base;

  /// Usual hour of the first session, local time.
  final double hour;

  /// How it likes posts of the company, 0 for most.
  final double social;

  final byte[] order = new byte[FEATURES.length];
  int known = 1;

  boolean mailed = true;
  boolean fading;
  double habit;
  double fade;
  double pain;
  double hurt;
  int hurtDay = Account.NEVER;

  /// Probability of being active on a usual working day.
  double chance;

  int lastActive;
  int nextNps;
  int lastWinBack = -999;

  Person(
      String id,
      String visitorId,
      Account account,
      Country country,
      String platform,
      String persona,
      boolean mobile,
      boolean silent,
      int join,
      double base,
      double hour,
      double social) {
    this.id = id;
    this.visitorId = visitorId;
    this.account = account;
    this.country = country;
    this.platform = platform;
    this.persona = persona;
    this.mobile = mobile;
    this.silent = silent;
    this.join = join;
    this.base = base;
    this.hour = hour;
    this.social = social;
  }

  boolean isAdmin() {
    return account.admin() == this;
  }

  boolean isHere(int day) {
    return !silent && join <= day;
  }

  /// How lively it is, from 0 to 1.
  double vigour() {
    return chance / 0.8;
  }

  /// Something that lowers its engagement from a day on.
  void hurt(double by, int day) {
    hurt += by;
    hurtDay = day;
  }
}
