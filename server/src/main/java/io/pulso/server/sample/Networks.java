package io.pulso.server.sample;

import io.pulso.engine.event.EventType;

/// What the networks tell as totals: clicks on posts, posts that were saved, and followers who came
/// less those who went.
final class Networks {
  private final Timetable time;
  private final Dice dice;
  private final Pen pen;

  /// @param pen of their own, so that nothing else depends on what they tell
  Networks(Timetable time, Dice dice, Pen pen) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
  }

  /// A post of the week of a Monday.
  void post(int monday, int post, double reach) {
    String name = new Posts(time).name(monday, post);
    int day = Posts.day(monday, post) + 1;
    total("social.clicks", day, post, reach * dice.between(0.006, 0.02)).with("post", name).send();
    total("social.saves", day, post, reach * dice.between(0, 0.004)).with("post", name).send();
  }

  /// The followers of a week on a network, in a company of so many customers.
  void followers(int monday, int network, int customers) {
    double came = customers * dice.between(0.0008, 0.003) * (0.5 + 1.0 * monday / time.days);
    double went = customers * dice.between(0.0002, 0.0012) * (time.isBad(monday) ? 3 : 1);
    total("social.follower_growth", monday + 6, network, came - went).send();
  }

  private Draft total(String metric, int day, int network, double value) {
    return pen.anonymous(EventType.TRACK, "Metric Reported", "social", time.at(Country.GB, day, 23))
        .with("metric", metric)
        .with("value", Math.rint(value) + 0.0)
        .with("network", Posts.network(network));
  }
}
