package io.pulso.server.sample;

/// What a person does in the product on an active day: sessions of views, uses of features and now
/// and then something more.
final class WorkDay {
  private static final String[] VIEWS = {"Home", "Dashboard", "Board", "Project", "Inbox"};
  private static final String[] SERVICES = {"chat", "calendar", "storage", "crm", "accounting"};

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;

  WorkDay(Timetable time, Dice dice, Pen pen) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
  }

  void work(Person p, int day) {
    p.lastActive = day;
    p.account.activeDays++;
    double more = p.vigour();
    int sessions =
        1 + (dice.chance(0.05 + 0.3 * more) ? 1 : 0) + (dice.chance(0.08 * more) ? 1 : 0);
    double earliest = day == p.join ? 9.5 : 6;
    double hour = Math.clamp(p.hour + dice.normal(0, 1.2), earliest, 18);
    rarely(p, day, time.at(p.country, day, hour));
    for (int i = 0; i < sessions; i++) {
      boolean app = p.mobile && dice.chance(0.35);
      session(p, day, time.at(p.country, day, hour), app);
      hour += 2.4 + dice.exponential(0.7);
    }
  }

  private void session(Person p, int day, long start, boolean app) {
    double minutes = Math.clamp(dice.logNormal(6 + 11 * p.vigour(), 0.65), 0.5, 100);
    int steps = 1 + dice.below(3 + (int) (3 * p.vigour()));
    long step = (long) (minutes * 60_000 / (steps + 1));
    long now = start;
    look(p, app, VIEWS[0], now);
    for (int i = 0; i < steps; i++) {
      now += (long) (step * dice.between(0.6, 1.3));
      step(p, day, app, now);
    }
    pen.track(p, "Session Ended", app ? "app" : "web", start + (long) (minutes * 60_000))
        .with("minutes", Math.round(minutes * 10) / 10.0)
        .send();
  }

  private void step(Person p, int day, boolean app, long now) {
    double kind = dice.between(0, 1);
    if (kind < 0.5) {
      use(p, app, now);
    } else if (kind < 0.95) {
      look(p, app, dice.pick(VIEWS), now);
    } else {
      pen.track(p, "Search Performed", app ? "app" : "web", now)
          .with("results", dice.chance(0.12) ? 0 : 1 + dice.below(40))
          .send();
    }
    if (dice.chance(time.isBad(day) && Habits.isHit(p) ? 0.3 : 0.006)) {
      pen.track(p, "Error Shown", app ? "app" : "web", now + 900).with("code", "E500").send();
    }
  }

  private void look(Person p, boolean app, String name, long now) {
    pen.view(p, app, name, now).send();
  }

  private void use(Person p, boolean app, long now) {
    int feature = feature(p);
    p.account.features |= 1 << feature;
    pen.track(p, "Feature Used", app ? "app" : "web", now)
        .with("feature", Person.FEATURES[feature])
        .send();
  }

  /// Mostly one that is known already; now and then the next new one.
  private int feature(Person p) {
    if (p.known < p.order.length && dice.chance(0.05 / p.known + 0.006 * p.account.fit)) {
      return p.order[p.known++];
    }
    return p.order[Math.min(dice.below(p.known), dice.below(p.known))];
  }

  private void rarely(Person p, int day, long start) {
    Account a = p.account;
    double eager = Dice.sigmoid(p.habit + 0.6 * a.fit);
    boolean fresh = day - a.signUp < 14;
    if (dice.chance((fresh ? 0.22 : 0.012) * eager)) {
      invite(p, start + 30_000);
    }
    if (a.integrations < SERVICES.length && dice.chance((fresh ? 0.16 : 0.008) * eager)) {
      pen.track(p, "Integration Connected", "web", start + 60_000)
          .with("integration", SERVICES[a.integrations++])
          .send();
    }
    if (dice.chance(0.05 + 0.06 * eager)) {
      pen.track(p, "Report Exported", "web", start + 120_000)
          .with("format", dice.chance(0.6) ? "pdf" : "csv")
          .send();
    }
    if (eager > 0.8 && dice.chance(0.003)) {
      pen.track(p, "Referral Made", "web", start + 180_000).send();
    }
  }

  void invite(Person p, long now) {
    p.account.invites++;
    pen.track(p, "Invite Sent", "web", now)
        .with("role", dice.chance(0.8) ? "member" : "viewer")
        .send();
  }
}
