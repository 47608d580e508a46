package io.pulso.server.sample;

import org.jspecify.annotations.Nullable;

/// Visitors whom the company's posts bring: of those whom nobody else sends, some follow a post in
/// the days after it.
final class Readers {
  /// The chance by how old the latest post is, in days.
  private static final double[] FOLLOW = {0.6, 0.4, 0.25, 0.15};

  private final Timetable time;
  private final Dice dice;

  /// @param dice of their own, so that nothing else depends on who reads a post
  Readers(Timetable time, Dice dice) {
    this.time = time;
    this.dice = dice;
  }

  /// The network whose post brings somebody to the first visit; null for another way.
  @Nullable String network(Origin origin, int day) {
    if (origin != Origin.ORGANIC) {
      return null;
    }
    int monday = time.monday(day);
    for (int post = Posts.A_WEEK - 1; post >= 0; post--) {
      int age = day - Posts.day(monday, post);
      if (age >= 0) {
        return age < FOLLOW.length && dice.chance(FOLLOW[age]) ? Posts.network(post) : null;
      }
    }
    return null;
  }
}
