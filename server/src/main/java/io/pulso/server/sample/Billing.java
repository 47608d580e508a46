package io.pulso.server.sample;

/// Trials, subscriptions and orders of an account: how use, breadth and silence turn into money.
final class Billing {
  private static final String[] EXTRAS = {"automation-credits", "storage-pack", "training-hour"};
  private static final double[] PRICES = {49, 99, 249};
  private static final double[] PRICE_SHARES = {0.55, 0.3, 0.15};

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final Profile profile;
  private int orders;

  Billing(Timetable time, Dice dice, Pen pen, Profile profile) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
    this.profile = profile;
  }

  void day(Account a, int day) {
    if (a.isClosed()) {
      comeBack(a, day);
    } else if (day == a.trialEnd) {
      endTrial(a, day);
    } else if (a.plan.isPaid()
        && day > a.subscribed
        && Math.floorMod(day - a.subscribed, a.term) == 0) {
      renew(a, day);
    }
  }

  void week(Account a, int day) {
    if (a.isClosed()) {
      return;
    }
    switch (a.plan) {
      case TRIAL -> {}
      case FREE -> fromFree(a, day);
      case TEAM -> fromTeam(a, day);
      case BUSINESS -> {}
    }
    order(a, day);
  }

  private void endTrial(Account a, int day) {
    double ready = a.isActivated() ? 0.5 : 0.08;
    boolean converts = dice.chance(Math.clamp(ready + 0.06 * a.fit, 0.02, 0.9));
    pen.track(a.admin(), "Trial Ended", "billing", noon(a, day))
        .with("converted", converts ? "yes" : "no")
        .send();
    if (converts) {
      subscribe(a, dice.chance(a.people.length > 4 ? 0.45 : 0.12) ? Plan.BUSINESS : Plan.TEAM, day);
    } else if (dice.chance(0.55)) {
      a.plan = Plan.FREE;
      a.mood -= 0.4;
      profile.plan(a, day, noon(a, day) + 1000);
    } else {
      close(a, day);
    }
  }

  private void subscribe(Account a, Plan plan, int day) {
    a.plan = plan;
    a.subscribed = day;
    a.seats = Math.max(a.joined(day), a.seats);
    subscription(a, "Subscription Started", noon(a, day) + 60_000).send();
    profile.plan(a, day, noon(a, day) + 61_000);
  }

  private Draft subscription(Account a, String event, long millis) {
    return pen.track(a.admin(), event, "billing", millis)
        .with("plan", a.plan.word())
        .with("seats", a.seats)
        .with("term", a.term == 365 ? "year" : "month")
        .with("value", a.termValue())
        .with("currency", "EUR");
  }

  private void renew(Account a, int day) {
    double reason = a.term == 365 ? 0.08 : 0.01;
    double silence = a.term == 365 ? 0.55 : Math.min(0.5, 0.15 * (a.quietWeeks - 1));
    double anger = a.admin().pain > 0.8 ? 0.04 : 0;
    if (dice.chance(reason + anger + (a.quietWeeks >= 2 ? silence : 0))) {
      cancel(a, day);
    } else if (a.plan == Plan.BUSINESS && a.activity < 0.6 * a.peak && dice.chance(0.12)) {
      change(a, Plan.TEAM, "Subscription Downgraded", day);
    } else {
      subscription(a, "Subscription Renewed", time.at(a.country, day, 3)).send();
    }
  }

  private void cancel(Account a, int day) {
    Person admin = a.admin();
    long now = noon(a, day);
    if (dice.chance(0.4)) {
      pen.track(admin, "Report Exported", "web", now - 900_000).with("format", "csv").send();
    }
    pen.view(admin, false, "Cancel Subscription", now - 60_000).send();
    subscription(a, "Subscription Cancelled", now)
        .with("reason", a.quietWeeks >= 2 ? "not_used" : dice.chance(0.5) ? "price" : "other")
        .send();
    close(a, day);
    a.returns = dice.chance(0.07) ? day + 35 + dice.below(80) : Account.NEVER;
  }

  private void close(Account a, int day) {
    a.closed = day;
    for (Person p : a.people) {
      p.chance *= 0.03;
    }
    profile.plan(a, day, noon(a, day) + 5000);
  }

  private void comeBack(Account a, int day) {
    if (day != a.returns) {
      return;
    }
    a.closed = Account.NEVER;
    a.fading = false;
    a.mood = 0.4;
    a.quietWeeks = 0;
    for (Person p : a.people) {
      p.fading = false;
      p.fade = 0;
      p.habit = p.base + 0.5;
    }
    a.activity = a.peak;
    subscribe(a, a.plan.isPaid() ? a.plan : Plan.TEAM, day);
  }

  private void fromFree(Account a, int day) {
    if (a.breadth() >= 5 && a.activity > 1 && dice.chance(0.012 * (a.breadth() - 4))) {
      subscribe(a, Plan.TEAM, day);
    }
  }

  private void fromTeam(Account a, int day) {
    if (a.breadth() >= 8 && a.activity > 0.8 && dice.chance(0.01 * (a.breadth() - 7))) {
      change(a, Plan.BUSINESS, "Subscription Upgraded", day);
    }
  }

  private void change(Account a, Plan plan, String event, int day) {
    a.plan = plan;
    a.seats = Math.max(a.joined(day), a.seats);
    subscription(a, event, noon(a, day)).send();
    profile.plan(a, day, noon(a, day) + 1000);
  }

  /// One-off purchases: by habit, more while an offer is remembered, none from the silent.
  private void order(Account a, int day) {
    double wish = a.appetite * (a.plan.isPaid() ? 1 : 0.3) * (a.offerWeeks > 0 ? 3 : 1);
    a.offerWeeks = Math.max(0, a.offerWeeks - 1);
    if (!dice.chance(a.admin().vigour() > 0.08 ? wish : 0.05 * wish)) {
      return;
    }
    int kind = dice.pick(PRICE_SHARES);
    String id = "o-" + a.id.substring(1) + "-" + ++orders;
    double value = PRICES[kind] * (1 + dice.below(3));
    long now = time.at(a.country, day + 1 + dice.below(3), dice.between(10, 16));
    ordered(a, "Order Completed", id, value, now).with("product", EXTRAS[kind]).send();
    if (dice.chance(0.04)) {
      ordered(a, "Order Refunded", id, value, now + (3 + dice.below(9)) * Timetable.DAY).send();
    }
  }

  private Draft ordered(Account a, String event, String id, double value, long millis) {
    return pen.track(a.admin(), event, "billing", millis)
        .with("order_id", id)
        .with("value", value)
        .with("currency", "EUR");
  }

  private long noon(Account a, int day) {
    return time.at(a.admin().country, day, 12.5);
  }
}
