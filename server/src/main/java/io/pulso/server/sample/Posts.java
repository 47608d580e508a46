package io.pulso.server.sample;

/// The company's posts: two a week, one on each network.
record Posts(Timetable time) {
  static final int A_WEEK = 2;

  /// Where visitors come from who follow one.
  static final String MEDIUM = "social";

  private static final String[] NETWORKS = {"linkedin", "instagram"};

  static String network(int post) {
    return NETWORKS[post];
  }

  /// The day of a post of the week of a Monday.
  static int day(int monday, int post) {
    return monday + 1 + 2 * post;
  }

  String name(int monday, int post) {
    return "post-" + time.date(day(monday, post));
  }
}
