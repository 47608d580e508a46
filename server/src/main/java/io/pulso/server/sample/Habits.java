package io.pulso.server.sample;

/// How the hidden engagement of people and accounts moves from week to week: towards what suits
/// them, with noise, down when something goes wrong, up with the breadth of use.
final class Habits {
  private final Timetable time;
  private final Dice dice;

  Habits(Timetable time, Dice dice) {
    this.time = time;
    this.dice = dice;
  }

  void week(Account a, int day) {
    moveMood(a);
    for (Person p : a.people) {
      if (p.isHere(day)) {
        week(p, day);
      }
    }
    measure(a, day);
  }

  private void moveMood(Account a) {
    if (a.fading) {
      a.mood = Math.max(-4.2, a.mood - 0.5);
      a.fading = !dice.chance(0.02);
    } else {
      a.mood = a.mood * 0.95 + dice.normal(0, 0.08);
      a.fading = dice.chance(a.plan.isPaid() ? 0.009 : 0.014);
    }
  }

  private void week(Person p, int day) {
    suffer(p, day);
    fade(p);
    double target =
        p.base + 0.45 * p.account.fit + p.account.mood + 0.11 * (p.known - 4) - p.pain - p.fade;
    p.habit += 0.28 * (target + novelty(p, day) - p.habit) + dice.normal(0, 0.3);
    renew(p, day);
  }

  /// Sets the probability of an active day from the hidden state.
  void renew(Person p, int day) {
    double hindered = time.isBad(day) && isHit(p) ? 0.5 : 1;
    p.chance = 0.8 * Dice.sigmoid(p.habit) * hindered * (p.account.isClosed() ? 0.03 : 1);
  }

  private void suffer(Person p, int day) {
    if (p.hurtDay <= day) {
      p.pain += p.hurt;
      p.hurt = 0;
      p.hurtDay = Account.NEVER;
    }
    p.pain *= 0.88;
    if (time.monday(day) == time.badRelease && isHit(p)) {
      p.pain += 1.3;
    }
  }

  /// The bad release fails on one platform only.
  static boolean isHit(Person p) {
    return p.platform.equals("windows");
  }

  private void fade(Person p) {
    if (p.fading) {
      p.fade = Math.min(4.5, p.fade + 0.5);
      p.fading = !dice.chance(0.02);
    } else {
      p.fade *= 0.97;
      p.fading = dice.chance(0.003 + 0.012 * p.pain);
    }
  }

  private double novelty(Person p, int day) {
    int tenure = day - p.join;
    double guided = p.account.signUp >= time.guidedOnboarding ? 0.35 : 0;
    return tenure < 21 ? 0.8 + guided : tenure < 60 ? guided : 0;
  }

  /// Active days per person and week, smoothed, and for how long they have been few.
  private static void measure(Account a, int day) {
    double now = a.activeDays / (double) Math.max(1, a.joined(day));
    a.activeDays = 0;
    a.activity = 0.6 * a.activity + 0.4 * now;
    a.peak = Math.max(a.peak * 0.995, a.activity);
    a.quietWeeks = a.activity < Math.max(0.25, 0.34 * a.peak) ? a.quietWeeks + 1 : 0;
    if (Math.floorMod(day, 28) < 7) {
      a.earlierFeatures = a.features;
      a.features = 0;
    }
  }
}
