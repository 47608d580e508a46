package io.pulso.server.sample;

import java.time.DayOfWeek;

/// Makes accounts and the people in them.
final class Cast {
  private static final String[] INDUSTRIES = {
    "software", "retail", "manufacturing", "finance",
    "healthcare", "education", "logistics", "media"
  };
  private static final String[] PERSONAS = {
    "operations", "engineering", "marketing", "finance", "sales"
  };
  private static final String[] PLATFORMS = {"windows", "mac", "linux"};
  private static final double[] PLATFORM_SHARES = {0.45, 0.43, 0.12};
  private static final double[] COUNTRY_SHARES = Country.shares();
  private static final double[] SIZE_SHARES = {0.45, 0.22, 0.20, 0.10, 0.03};
  private static final int[] SIZE_FROM = {1, 2, 3, 6, 13};
  private static final int[] SIZE_TO = {1, 2, 5, 12, 40};

  private final Timetable time;
  private final double existing;
  private final int digits;

  Cast(Timetable time, int customers) {
    this.time = time;
    this.existing = Math.clamp(1 - 0.6 * time.days / 365, 0.25, 0.95);
    this.digits = Math.max(6, Integer.toString(customers).length());
  }

  /// An id such as `c000123`.
  String id(String kind, int number) {
    String text = Integer.toString(number);
    return kind + "0".repeat(digits - text.length()) + text;
  }

  /// An account whose first person has the number `first`; it has at most `room` people.
  Account account(int first, int room, Dice dice) {
    int kind = dice.pick(SIZE_SHARES);
    int size = SIZE_FROM[kind] + dice.below(SIZE_TO[kind] - SIZE_FROM[kind] + 1);
    Account account = empty(first, Math.min(size, room), dice);
    for (int i = 0; i < account.people.length; i++) {
      account.people[i] = person(account, first + i, i, dice);
    }
    account.seats = Math.max(1, account.joined(Math.max(account.signUp, 0)));
    return account;
  }

  private Account empty(int first, int size, Dice dice) {
    boolean before = dice.chance(existing);
    int signUp = before ? -1 - (int) (700 * dice.between(0, 1) * dice.between(0, 1)) : signUp(dice);
    Origin origin = dice.pick(Origin.values(), Origin.SHARES);
    Plan plan = before ? standing(size, dice) : dice.chance(0.75) ? Plan.TRIAL : Plan.FREE;
    Account account =
        new Account(
            id("a", first),
            size,
            dice.pick(Country.values(), COUNTRY_SHARES),
            dice.pick(INDUSTRIES),
            origin,
            signUp,
            dice.normal(origin.fit - 0.3 + Math.min(0.9, 0.3 * (size - 1)), 1),
            plan,
            "csm-" + (1 + dice.below(6)),
            dice.exponential(0.035),
            dice.chance(0.02));
    account.term = dice.chance(plan == Plan.BUSINESS ? 0.7 : 0.3) ? 365 : 30;
    account.subscribed = signUp + 14;
    return account;
  }

  /// The plan of an account that was there before.
  private static Plan standing(int size, Dice dice) {
    if (dice.chance(0.25)) {
      return Plan.FREE;
    }
    return dice.chance(size > 3 ? 0.5 : 0.2) ? Plan.BUSINESS : Plan.TEAM;
  }

  /// Sign-ups grow over the period and come on working days.
  private int signUp(Dice dice) {
    double x = (StrictMath.sqrt(1 + 4.76 * dice.between(0, 1)) - 1) / 1.4;
    int day = Math.clamp((int) (x * time.days), 1, time.days - 1);
    DayOfWeek weekday = time.first.plusDays(day).getDayOfWeek();
    boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    return weekend && dice.chance(0.8) ? Math.min(time.days - 1, day + 2 + dice.below(2)) : day;
  }

  private Person person(Account account, int number, int place, Dice dice) {
    Country country =
        dice.chance(0.9) ? account.country : dice.pick(Country.values(), COUNTRY_SHARES);
    Person person =
        new Person(
            id("c", number),
            id("v", number),
            account,
            country,
            dice.pick(PLATFORMS, PLATFORM_SHARES),
            dice.pick(PERSONAS),
            dice.chance(0.28),
            place > 0 && dice.chance(0.025),
            join(account, place, dice),
            dice.normal(place == 0 ? -0.1 : -0.65, 1.1),
            dice.normal(10.2, 1.3),
            dice.chance(0.35) ? dice.between(0.005, 0.05) : 0);
    fill(person, dice);
    return person;
  }

  private int join(Account account, int place, Dice dice) {
    if (place == 0 || (account.signUp < 0 && dice.chance(0.7))) {
      return account.signUp;
    }
    if (account.signUp < 0) {
      return 1 + dice.below(time.days - 1);
    }
    int day = account.signUp + 1 + (int) dice.exponential(place < 4 ? 5 : 20);
    int left = time.days - account.signUp - 1;
    return day < time.days || left == 0 ? day : account.signUp + 1 + dice.below(left);
  }

  private void fill(Person p, Dice dice) {
    for (int i = 0; i < p.order.length; i++) {
      p.order[i] = (byte) i;
    }
    for (int i = p.order.length - 1; i > 0; i--) {
      int other = Math.max(0, i - dice.below(4));
      byte swapped = p.order[i];
      p.order[i] = p.order[other];
      p.order[other] = swapped;
    }
    boolean old = p.join < 0;
    p.known = old ? 2 + dice.below(6) : 1;
    p.habit = p.base + 0.45 * p.account.fit + (old ? 0.1 : 0.7);
    p.nextNps = Math.max(p.join, 0) + 20 + dice.below(90);
    p.lastActive = Math.max(p.join, 0);
  }
}
