package io.pulso.server.sample;

import io.pulso.engine.event.EventType;

/// The company's posts, two a week, and what customers do with them.
final class Social {
  private static final String[] NETWORKS = {"linkedin", "instagram"};

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;

  Social(Timetable time, Dice dice, Pen pen) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
  }

  void week(Person p, int day) {
    if (p.social == 0 || !dice.chance(p.social * (0.5 + p.vigour()))) {
      return;
    }
    int post = dice.below(2);
    double kind = dice.between(0, 1);
    String event =
        kind < 0.72 ? "Social Liked" : kind < 0.87 ? "Social Commented" : "Social Shared";
    long millis = time.at(p.country, day + 1 + 2 * post, dice.between(11, 21));
    pen.track(p, event, "social", millis)
        .with("post", post(day, post))
        .with("network", NETWORKS[post])
        .send();
  }

  /// How many people saw the posts of a week in a company of so many customers.
  void reach(int day, int customers) {
    double known = customers * (0.4 + 0.6 * day / time.days);
    for (int post = 0; post < 2; post++) {
      pen.anonymous(
              EventType.TRACK,
              "Social Post Reached",
              "social",
              time.at(Country.GB, day + 1 + 2 * post, 20))
          .with("post", post(day, post))
          .with("network", NETWORKS[post])
          .with("reach", Math.max(10, Math.rint(known * dice.between(0.12, 0.35))))
          .send();
    }
  }

  private String post(int day, int post) {
    return "post-" + time.date(day + 1 + 2 * post);
  }
}
