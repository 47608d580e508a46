package io.pulso.server.sample;

import java.util.ArrayList;
import java.util.List;

/// E-mail campaigns, what people do with them, and what follows: visits, registrations, offers
/// remembered.
final class Mail {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final int[] ONBOARDING = {1, 3, 7, 12};
  private static final String IMAGE_PROXY =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private int sendingsOf = Integer.MIN_VALUE;
  private List<Sending> sendings = List.of();

  Mail(Timetable time, Dice dice, Pen pen) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
  }

  /// The mails of the first two weeks.
  void welcome(Person p) {
    for (int i = 0; i < ONBOARDING.length; i++) {
      send(p, "onboarding-" + (i + 1), p.join + ONBOARDING[i], 0.18, 0.3);
    }
  }

  void week(Person p, int day) {
    if (!p.mailed) {
      return;
    }
    for (Sending s : sendings(day)) {
      switch (s.kind) {
        case NEWSLETTER -> send(p, s.campaign, day + 1, 0.05, 0.12);
        case LAUNCH -> launch(p, s.campaign, day);
        case WEBINAR -> webinar(p, s.campaign, day);
      }
    }
    if (day - p.lastActive > 24 && day - p.lastWinBack > 70) {
      p.lastWinBack = day;
      p.habit += send(p, "win-back", day + 1, 0.08, 0.2) ? 0.8 : 0;
    }
  }

  private List<Sending> sendings(int day) {
    if (day != sendingsOf) {
      sendingsOf = day;
      sendings = sendings(time, day);
    }
    return sendings;
  }

  /// The campaigns that go to everybody in the week of a Monday.
  static List<Sending> sendings(Timetable time, int day) {
    List<Sending> sendings = new ArrayList<>();
    int week = Math.floorDiv(day, 7);
    if (time.isFirstMonday(day)) {
      sendings.add(new Sending(Kind.NEWSLETTER, "newsletter-" + time.month(day)));
    }
    if (week % 13 == 5) {
      sendings.add(new Sending(Kind.LAUNCH, "launch-" + (1 + week / 13)));
    }
    if (week % 8 == 3) {
      sendings.add(new Sending(Kind.WEBINAR, "webinar-" + (1 + week / 8)));
    }
    return sendings;
  }

  private void launch(Person p, String campaign, int day) {
    if (send(p, campaign, day + 2, 0.14, 0.3)) {
      p.account.offerWeeks = 3;
    }
  }

  private void webinar(Person p, String id, int day) {
    if (!send(p, id, day + 2, 0.03, 0.2) || !dice.chance(0.55)) {
      return;
    }
    long registered = time.at(p.country, day + 3, dice.between(9, 17));
    pen.track(p, "Event Registered", "offline", registered).with("event_id", id).send();
    if (dice.chance(0.3 + 0.4 * p.vigour())) {
      long attended = time.at(Country.GB, day + 17, 15) + dice.below(900_000);
      pen.track(p, "Event Attended", "offline", attended).with("event_id", id).send();
      p.habit += 0.25;
    }
  }

  /// Sends one mail; true where the person clicked.
  private boolean send(Person p, String campaign, int day, double appeal, double pull) {
    long sent = time.at(p.country, day, dice.between(9.5, 11));
    if (dice.chance(0.012)) {
      mail(p, "Email Bounced", campaign, sent).send();
      return false;
    }
    mail(p, "Email Delivered", campaign, sent).send();
    if (p.account.scansMail) {
      scan(p, campaign, sent);
    }
    return read(p, campaign, sent, appeal, pull);
  }

  private boolean read(Person p, String campaign, long sent, double appeal, double pull) {
    if (dice.chance(0.05)) {
      mail(p, "Email Opened", campaign, sent + 3000).userAgent(IMAGE_PROXY).send();
    }
    if (!dice.chance(0.08 + appeal + 0.38 * p.vigour())) {
      return false;
    }
    long opened = sent + MINUTE + (long) dice.exponential(7 * HOUR);
    mail(p, "Email Opened", campaign, opened).send();
    if (dice.chance(0.003 + 0.012 * (1 - p.vigour()))) {
      mail(p, "Unsubscribed", campaign, opened + MINUTE).send();
      p.mailed = false;
      return false;
    }
    if (!dice.chance(pull * (0.35 + p.vigour()))) {
      return false;
    }
    click(p, campaign, opened + 8000 + dice.below(60_000));
    return true;
  }

  private void click(Person p, String campaign, long clicked) {
    mail(p, "Email Link Clicked", campaign, clicked).with("link", "/read/" + campaign).send();
    pen.view(p, false, "Landing", clicked + 1500).campaign(campaign).send();
    p.habit += 0.04;
  }

  /// A security gateway that follows every link at once.
  private void scan(Person p, String campaign, long sent) {
    mail(p, "Email Opened", campaign, sent + 900).send();
    for (int i = 1; i <= 3; i++) {
      mail(p, "Email Link Clicked", campaign, sent + 900 + i * 1100L)
          .with("link", "/read/" + campaign + "/" + i)
          .send();
    }
  }

  enum Kind {
    NEWSLETTER,
    LAUNCH,
    WEBINAR
  }

  /// A campaign of one week.
  record Sending(Kind kind, String campaign) {}

  private Draft mail(Person p, String event, String campaign, long millis) {
    return pen.track(p, event, "email", millis).with("campaign", campaign);
  }
}
