package io.pulso.server.sample;

/// Says who people and accounts are: identify and group calls with their traits.
final class Profile {
  private final Timetable time;
  private final Pen pen;

  Profile(Timetable time, Pen pen) {
    this.time = time;
    this.pen = pen;
  }

  void person(Person p, boolean linked, long millis) {
    pen.identify(p, millis)
        .visitor(linked ? p.visitorId : null)
        .with("email", p.id + "@example.com")
        .with("name", "Person " + p.id.substring(1) + " (generated)")
        .with("role", p.isAdmin() ? "admin" : "member")
        .with("persona", p.persona)
        .with("country", p.country.name())
        .with("language", p.country.language)
        .with("platform", p.platform)
        .with("industry", p.account.industry)
        .with("origin", p.account.origin.word())
        .with("plan", plan(p.account))
        .with("created_at", time.date(p.join))
        .send();
  }

  /// Makes a person a member of its account.
  void member(Person p, long millis) {
    pen.group(p, millis).send();
  }

  void account(Account a, int day, long millis) {
    pen.group(a.admin(), millis)
        .with("name", "Account " + a.id.substring(1) + " (generated)")
        .with("plan", plan(a))
        .with("seats", a.seats)
        .with("country", a.country.name())
        .with("industry", a.industry)
        .with("owner", a.plan.isPaid() ? a.owner : "csm-pool")
        .with("tier", a.plan.tier())
        .with("mrr", a.mrrCents())
        .with("currency", "EUR")
        .with("renewal_date", a.plan.isPaid() && !a.isClosed() ? time.date(renewal(a, day)) : "")
        .with("created_at", time.date(a.signUp))
        .send();
  }

  /// Tells the new plan of everybody in an account.
  void plan(Account a, int day, long millis) {
    account(a, day, millis);
    for (Person p : a.people) {
      if (p.isHere(day)) {
        pen.identify(p, millis + 2000).with("plan", plan(a)).send();
      }
    }
  }

  private static String plan(Account a) {
    return a.isClosed() ? "none" : a.plan.word();
  }

  private static int renewal(Account a, int day) {
    return a.subscribed + (Math.floorDiv(day - a.subscribed, a.term) + 1) * a.term;
  }
}
