package io.pulso.server.sample;

/// Tickets and the surveys that ask how it was. A ticket that waits long hurts its owner's
/// engagement from the day it is resolved.
final class Support {
  private static final String[] TOPICS = {"how-to", "billing", "bug", "access", "performance"};
  private static final int SLOW_AGENT = 7;
  private static final double SLOW_HOURS = 60;
  private static final long HOUR = 3_600_000;

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final Remarks remarks;
  private int tickets;

  Support(Timetable time, Dice dice, Pen pen, Remarks remarks) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
    this.remarks = remarks;
  }

  void day(Person p, int day) {
    boolean bad = time.isBad(day) && Habits.isHit(p);
    if (dice.chance(bad ? 0.12 : 0.007 + 0.01 * Math.min(2, p.pain))) {
      ticket(p, day, bad);
    }
  }

  private void ticket(Person p, int day, boolean bad) {
    int number = 1 + dice.below(9);
    Ticket t =
        new Ticket(
            "t-" + p.id.substring(1) + "-" + ++tickets,
            p.account.plan.tier(),
            "agent-" + number,
            team(p.country));
    double usual = p.account.plan.ticketHours * (number == SLOW_AGENT ? 2 : 1) * (bad ? 2 : 1);
    double hours = Math.min(600, dice.logNormal(usual, 0.85));
    long created = time.at(p.country, day, dice.between(10, 17));
    note(p, "Ticket Created", t, created).with("topic", bad ? "bug" : dice.pick(TOPICS)).send();
    talk(p, t, created, hours);
    solve(p, t, created, hours);
    feel(p, hours, day + (int) (hours / 24));
    ask(p, hours, day, created + (long) (hours * HOUR) + HOUR);
  }

  private void talk(Person p, Ticket t, long created, double hours) {
    long first = created + (long) (hours * dice.between(0.08, 0.5) * HOUR);
    note(p, "Ticket Replied", t, first).with("agent", t.agent).send();
    if (dice.chance(0.5)) {
      note(p, "Ticket Replied", t, first + (long) (hours * 0.2 * HOUR)).send();
    }
  }

  private void solve(Person p, Ticket t, long created, double hours) {
    long resolved = created + (long) (hours * HOUR);
    note(p, "Ticket Resolved", t, resolved).with("agent", t.agent).send();
    if (dice.chance(hours > SLOW_HOURS ? 0.16 : 0.06)) {
      long again = resolved + (long) dice.between(2 * HOUR, 40 * HOUR);
      note(p, "Ticket Reopened", t, again).send();
      long end = again + (long) (hours * dice.between(0.3, 0.8) * HOUR);
      note(p, "Ticket Resolved", t, end).with("agent", t.agent).send();
    }
  }

  private Draft note(Person p, String event, Ticket t, long millis) {
    return pen.track(p, event, "support", millis)
        .with("ticket_id", t.id)
        .with("tier", t.tier)
        .with("team", t.team);
  }

  private static void feel(Person p, double hours, int day) {
    if (hours > SLOW_HOURS) {
      p.hurt(0.6 + 0.5 * StrictMath.log(hours / SLOW_HOURS), day);
    } else if (hours < 8) {
      p.habit += 0.06;
    }
  }

  private void ask(Person p, double hours, int day, long millis) {
    double worse = StrictMath.log(Math.max(1, hours / 12));
    if (dice.chance(0.65)) {
      survey(p, new Survey("csat", 1, 5), day, millis, 0.35, dice.normal(4.75 - 0.75 * worse, 0.8));
    } else {
      survey(p, new Survey("effort", 1, 7), day, millis, 0.3, dice.normal(6.2 - 0.9 * worse, 1));
    }
  }

  /// Asks for the net promoter score about once a quarter.
  void week(Person p, int day) {
    if (day < p.nextNps || p.account.isClosed()) {
      return;
    }
    p.nextNps = day + 88 + dice.below(14);
    long sent = time.at(p.country, day + dice.below(5), dice.between(9, 11));
    double answer = dice.normal(7.7 + 1.1 * p.habit - 1.1 * p.pain, 1.3);
    survey(p, new Survey("nps", 0, 10), day, sent, 0.1 + 0.32 * p.vigour(), answer);
  }

  private void survey(Person p, Survey survey, int day, long sent, double reply, double answer) {
    String kind = survey.kind;
    about(p, "Survey Sent", kind, sent).send();
    if (dice.chance(reply)) {
      long then = sent + (long) dice.exponential(9 * HOUR);
      Draft d = about(p, "Survey Answered", kind, then);
      long score = Math.clamp(Math.round(answer), survey.low, survey.high);
      d.with("score", (double) score).with("scale_min", survey.low).with("scale_max", survey.high);
      if (kind.equals("effort")) {
        d.with("higher_is", "easy");
      }
      String comment = remarks.beside(p, kind, score, day);
      if (comment != null) {
        d.with("comment", comment);
      }
      d.send();
    } else if (dice.chance(0.08)) {
      about(p, "Survey Dismissed", kind, sent + HOUR).send();
    }
  }

  private Draft about(Person p, String event, String kind, long millis) {
    return pen.track(p, event, "survey", millis)
        .with("survey_id", "survey-" + kind)
        .with("kind", kind);
  }

  private static String team(Country c) {
    return switch (c) {
      case US, CA, BR -> "support-americas";
      case GB, DE, FR, ES, IT -> "support-europe";
      case CN, IN, AU -> "support-asia";
    };
  }

  /// A survey with the least and the greatest answer.
  private record Survey(String kind, int low, int high) {}

  private record Ticket(String id, String tier, String agent, String team) {}
}
