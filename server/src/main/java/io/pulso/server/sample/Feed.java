package io.pulso.server.sample;

import io.pulso.engine.event.EventType;
import java.util.function.Consumer;

/// What the company itself reports: weekly costs of campaigns, the reach of its posts, and what
/// networks tell.
final class Feed {
  private static final double USUAL_CUSTOMERS = 5000;

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final Pen told;
  private final Networks networks;
  private final int customers;

  Feed(Timetable time, long seed, int customers, Consumer<Draft> sink) {
    this.time = time;
    this.dice = Dice.of(seed, 0);
    this.pen = new Pen(time, dice.split(), sink);
    this.customers = customers;
    Dice others = Dice.of(seed, Integer.MIN_VALUE);
    this.told = new Pen(time, others.split(), sink);
    this.networks = new Networks(time, others, told);
  }

  CompanyFacts write() {
    pen.page("company");
    told.page("networks");
    for (int day = 0; day < time.days; day++) {
      if (time.isMonday(day)) {
        reach(day);
        advertise(day);
        mail(day);
      }
    }
    return pen.facts().plus(told.facts());
  }

  /// How many people saw the posts of a week.
  private void reach(int day) {
    Posts posts = new Posts(time);
    double known = customers * (0.4 + 0.6 * day / time.days);
    for (int post = 0; post < Posts.A_WEEK; post++) {
      double reach = Math.max(10, Math.rint(known * dice.between(0.12, 0.35)));
      pen.anonymous(
              EventType.TRACK,
              "Social Post Reached",
              "social",
              time.at(Country.GB, Posts.day(day, post), 20))
          .with("post", posts.name(day, post))
          .with("network", Posts.network(post))
          .with("reach", reach)
          .send();
      networks.post(day, post, reach);
      networks.followers(day, post, customers);
    }
  }

  private void advertise(int day) {
    for (Origin o : Origin.values()) {
      if (o.isAdvertising()) {
        double growth = 0.6 + 0.8 * day / time.days;
        cost(o.word(), "ads", day, o.weeklyCost * growth * dice.between(0.85, 1.15));
      }
    }
  }

  private void mail(int day) {
    for (Mail.Sending s : Mail.sendings(time, day)) {
      cost(s.campaign(), "email", day, 90);
    }
  }

  private void cost(String campaign, String channel, int day, double value) {
    double scaled = value * customers / USUAL_CUSTOMERS;
    pen.anonymous(EventType.TRACK, "Campaign Cost", channel, time.at(Country.GB, day, 6))
        .with("campaign", campaign)
        .with("channel", channel)
        .with("value", Math.max(1, Math.round(scaled * 100) / 100.0))
        .with("currency", "EUR")
        .send();
  }
}
