package io.pulso.server.sample;

/// An organisation, as it stands on the day its life has come to.
final class Account {
  static final int NEVER = Integer.MAX_VALUE;

  final String id;
  final Person[] people;
  final Country country;
  final String industry;
  final Origin origin;

  /// Day of signing up; negative where that was before the period.
  final int signUp;

  /// How well the product suits it: the hidden cause behind conversion and use.
  final double fit;

  /// Whether its mail gateway opens every link before a person does.
  final boolean scansMail;

  final String owner;

  /// Orders beside the subscription that it tends to make in a week.
  final double appetite;

  final int trialEnd;

  Plan plan;
  int seats;

  /// Days between renewals, 30 or 365, and the day from which they are counted.
  int term = 30;

  int subscribed;
  int closed = NEVER;
  int returns = NEVER;

  double mood;
  boolean fading;
  int activeDays;
  double activity;
  double peak;
  int quietWeeks;
  int features;
  int earlierFeatures;
  int invites;
  int integrations;

  /// Weeks for which it is still moved by an offer.
  int offerWeeks;

  Account(
      String id,
      int size,
      Country country,
      String industry,
      Origin origin,
      int signUp,
      double fit,
      Plan plan,
      String owner,
      double appetite,
      boolean scansMail) {
    this.id = id;
    this.people = new Person[size];
    this.country = country;
    this.industry = industry;
    this.origin = origin;
    this.signUp = signUp;
    this.fit = fit;
    this.plan = plan;
    this.owner = owner;
    this.appetite = appetite;
    this.scansMail = scansMail;
    this.seats = 1;
    this.trialEnd = plan == Plan.TRIAL ? signUp + 14 : NEVER;
  }

  Person admin() {
    return people[0];
  }

  boolean isClosed() {
    return closed != NEVER;
  }

  double mrrCents() {
    return isClosed() ? 0 : (double) plan.price * seats;
  }

  /// The price of one term in currency units; a year costs ten months.
  double termValue() {
    return mrrCents() * (term == 365 ? 10 : 1) / 100.0;
  }

  /// How many different features its people used lately.
  int breadth() {
    return Integer.bitCount(features | earlierFeatures);
  }

  int joined(int day) {
    int joined = 0;
    for (Person p : people) {
      joined += p.isHere(day) ? 1 : 0;
    }
    return joined;
  }

  /// Two of: two invitations, five features, one integration.
  boolean isActivated() {
    return (invites >= 2 ? 1 : 0) + (breadth() >= 5 ? 1 : 0) + (integrations >= 1 ? 1 : 0) >= 2;
  }
}
