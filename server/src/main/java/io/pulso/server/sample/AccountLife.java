package io.pulso.server.sample;

/// Lives the days of one account after another: who joins, works, asks, pays, falls silent and
/// leaves.
final class AccountLife {
  private static final int AFTERMATH = 60;

  private final Timetable time;
  private final Dice dice;
  private final Habits habits;
  private final WorkDay work;
  private final Billing billing;
  private final Support support;
  private final Mail mail;
  private final Social social;
  private final Arrival arrival;

  /// @param said what is written in words
  AccountLife(Timetable time, Dice dice, Pen pen, Said said, Readers readers) {
    this.time = time;
    this.dice = dice;
    Profile profile = new Profile(time, pen);
    habits = new Habits(time, dice);
    work = new WorkDay(time, dice, pen);
    billing = new Billing(time, dice, pen, profile);
    support = new Support(time, dice, pen, said.remarks());
    mail = new Mail(time, dice, pen);
    social = new Social(time, dice, pen, said.replies());
    arrival = new Arrival(time, dice, pen, profile, readers);
  }

  void live(Account a) {
    int day = begin(a);
    while (day < time.days && !isOver(a, day)) {
      if (time.isMonday(day)) {
        week(a, day);
      }
      billing.day(a, day);
      for (Person p : a.people) {
        if (p.isHere(day)) {
          day(p, day);
        }
      }
      day++;
    }
    for (Person p : a.people) {
      if (!p.isHere(day - 1)) {
        arrival.uploaded(p);
      }
    }
  }

  private int begin(Account a) {
    if (a.signUp >= 0) {
      arrival.signUp(a);
      return a.signUp;
    }
    arrival.known(a);
    for (Person p : a.people) {
      habits.renew(p, 0);
    }
    a.features = 0x1F;
    a.activity = 2.2 * a.admin().chance + 0.8;
    a.peak = a.activity;
    return 0;
  }

  private static boolean isOver(Account a, int day) {
    return a.isClosed() && a.returns == Account.NEVER && day > a.closed + AFTERMATH;
  }

  private void week(Account a, int day) {
    habits.week(a, day);
    billing.week(a, day);
    for (Person p : a.people) {
      if (p.isHere(day)) {
        support.week(p, day);
        mail.week(p, day);
        social.week(p, day);
      }
    }
  }

  private void day(Person p, int day) {
    if (p.join == day) {
      join(p, day);
      work.work(p, day);
    } else if (dice.chance(p.chance * time.activity(p.country, day))) {
      work.work(p, day);
      support.day(p, day);
    }
  }

  private void join(Person p, int day) {
    habits.renew(p, day);
    mail.welcome(p);
    if (p.isAdmin()) {
      return;
    }
    Person admin = p.account.admin();
    work.invite(admin, time.at(admin.country, day - 1, dice.between(13.5, 14.5)));
    arrival.invited(p);
    p.account.seats = Math.max(p.account.seats, p.account.joined(day));
  }
}
