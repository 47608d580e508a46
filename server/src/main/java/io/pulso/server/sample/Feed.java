package io.pulso.server.sample;

import io.pulso.engine.event.EventType;
import java.util.function.Consumer;

/// What the company itself reports: weekly costs of campaigns and the reach of its posts.
final class Feed {
  private static final double USUAL_CUSTOMERS = 5000;

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final int customers;

  Feed(Timetable time, long seed, int customers, Consumer<Draft> sink) {
    this.time = time;
    this.dice = Dice.of(seed, 0);
    this.pen = new Pen(time, dice.split(), sink);
    this.customers = customers;
  }

  CompanyFacts write() {
    pen.page("company");
    Social social = new Social(time, dice, pen);
    for (int day = 0; day < time.days; day++) {
      if (time.isMonday(day)) {
        social.reach(day, customers);
        advertise(day);
        mail(day);
      }
    }
    return pen.facts();
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
