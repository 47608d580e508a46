package io.pulso.server.sample;

import io.pulso.engine.event.EventType;

/// How people come: advertising, anonymous visits, sign-up, invitation, or a list uploaded by an
/// administrator.
final class Arrival {
  private static final String[] PAGES = {"Home", "Pricing", "Features", "Customers", "Docs"};
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36";

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final Profile profile;
  private final Readers readers;

  Arrival(Timetable time, Dice dice, Pen pen, Profile profile, Readers readers) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
    this.profile = profile;
    this.readers = readers;
  }

  /// Everything up to the first minute of a new account.
  void signUp(Account a) {
    Person p = a.admin();
    int visits = 1 + dice.below(4);
    for (int i = visits; i > 0; i--) {
      int day = a.signUp - i * (1 + dice.below(5));
      visit(p.visitorId, a.origin, p.country, day, i == visits);
    }
    long now = time.at(p.country, a.signUp, dice.between(8, 9));
    browse(p.visitorId, "Pricing", now - 300_000).send();
    browse(p.visitorId, "Sign Up", now - 90_000).send();
    lead(p, now);
    pen.track(p, "Signed Up", "web", now).visitor(p.visitorId).with("plan", a.plan.word()).send();
    profile.person(p, true, now + 800);
    profile.account(a, a.signUp, now + 1500);
    if (a.plan == Plan.TRIAL) {
      pen.track(p, "Trial Started", "billing", now + 2000).with("plan", "team").send();
    }
    install(p, now + 600_000);
  }

  /// A few asked for a demonstration under another id, which an alias call then joins to theirs.
  private void lead(Person p, long now) {
    if (!dice.chance(0.04)) {
      return;
    }
    String lead = "lead-" + p.id.substring(1);
    Draft d = pen.anonymous(EventType.TRACK, "Demo Requested", "web", now - 3 * Timetable.DAY);
    d.userId = lead;
    d.send();
    pen.alias(p, lead, now + 400).send();
  }

  void invited(Person p) {
    long now = time.at(p.country, p.join, dice.between(8, 9));
    browse(p.visitorId, "Invitation", now - 60_000).send();
    profile.person(p, true, now);
    profile.member(p, now + 700);
    install(p, now + 600_000);
  }

  /// People that an administrator uploads and that never come.
  void uploaded(Person p) {
    int day = Math.max(0, p.account.signUp);
    profile.person(p, false, time.at(Country.GB, day, 22) + dice.below(60_000));
  }

  /// What the first export of the customer list says of those who were there before.
  void known(Account a) {
    long now = time.start();
    for (Person p : a.people) {
      if (p.isHere(-1)) {
        profile.person(p, false, now);
        profile.member(p, now + 1);
      }
    }
    profile.account(a, 0, now + 2);
  }

  private void install(Person p, long now) {
    if (p.mobile) {
      pen.track(p, "Application Installed", "app", now).visitor(p.visitorId + "m").send();
    }
  }

  /// A visit of somebody unknown; the first one may come from advertising, or from a post.
  void visit(String visitor, Origin origin, Country country, int day, boolean first) {
    long now = time.at(country, day, dice.between(8, 20));
    boolean advertised = first && origin.isAdvertising();
    if (advertised) {
      seeAd(visitor, origin, now - 86_400_000L * dice.below(3) - 40_000);
      ad(visitor, "Ad Clicked", origin, now - 4000);
    }
    String network = first ? readers.network(origin, day) : null;
    int pages = dice.chance(0.45) ? 1 : 2 + dice.below(4);
    for (int i = 0; i < pages; i++) {
      browse(visitor, i == 0 ? PAGES[0] : dice.pick(PAGES), now)
          .campaign(first && i == 0 ? origin.campaign : null)
          .network(i == 0 ? network : null)
          .userAgent(i == 0 ? BROWSER : null)
          .send();
      now += 5000 + dice.below(120_000);
    }
  }

  void seeAd(String visitor, Origin origin, long millis) {
    ad(visitor, "Ad Viewed", origin, millis);
  }

  private void ad(String visitor, String event, Origin origin, long millis) {
    Draft d = pen.anonymous(EventType.TRACK, event, "ads", millis);
    d.anonymousId = visitor;
    d.with("campaign", origin.word()).send();
  }

  private Draft browse(String visitor, String page, long millis) {
    Draft d = pen.anonymous(EventType.PAGE, page, "web", millis);
    d.anonymousId = visitor;
    return d;
  }
}
