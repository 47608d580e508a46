package io.pulso.server.sample;

/// The company's replies to comments on its posts. Most comments are answered, on the second
/// network later and less often; in the week of the bad release there is no time for them.
final class Replies {
  private static final long HOUR = 3_600_000;
  private static final double[] OFTEN = {0.82, 0.6};
  private static final double[] HOURS = {2.5, 7};

  private final Timetable time;
  private final Dice dice;
  private final Pen pen;

  /// @param pen of their own, so that nothing else depends on who is answered
  Replies(Timetable time, Dice dice, Pen pen) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
  }

  /// Perhaps replies to a comment.
  void to(Person p, String post, int network, long commented) {
    boolean busy = time.isBad((int) ((commented - time.start()) / Timetable.DAY));
    if (!dice.chance(OFTEN[network] * (busy ? 0.5 : 1))) {
      return;
    }
    double hours = dice.logNormal(HOURS[network] * (busy ? 3 : 1), 0.9);
    pen.track(p, "Social Replied", "social", commented + (long) (hours * HOUR))
        .with("post", post)
        .with("network", Posts.network(network))
        .with("agent", "agent-" + (1 + dice.below(3)))
        .send();
  }
}
