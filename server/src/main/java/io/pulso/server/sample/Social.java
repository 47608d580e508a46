package io.pulso.server.sample;

/// What customers do with the company's posts.
final class Social {
  private final Timetable time;
  private final Dice dice;
  private final Pen pen;
  private final Replies replies;
  private final Posts posts;

  Social(Timetable time, Dice dice, Pen pen, Replies replies) {
    this.time = time;
    this.dice = dice;
    this.pen = pen;
    this.replies = replies;
    this.posts = new Posts(time);
  }

  void week(Person p, int day) {
    if (p.social == 0 || !dice.chance(p.social * (0.5 + p.vigour()))) {
      return;
    }
    int post = dice.below(Posts.A_WEEK);
    double kind = dice.between(0, 1);
    String event =
        kind < 0.72 ? "Social Liked" : kind < 0.87 ? "Social Commented" : "Social Shared";
    long millis = time.at(p.country, Posts.day(day, post), dice.between(11, 21));
    String name = posts.name(day, post);
    pen.track(p, event, "social", millis)
        .with("post", name)
        .with("network", Posts.network(post))
        .send();
    if (event.equals("Social Commented")) {
      replies.to(p, name, post, millis);
    }
  }
}
