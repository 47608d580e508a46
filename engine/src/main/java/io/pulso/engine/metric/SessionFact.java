package io.pulso.engine.metric;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What is counted in sessions, which belong to the day on which they start.
public enum SessionFact {
  /// How many there are.
  ALL,
  /// Those with a page view.
  WITH_PAGE,
  /// The page views of those with one.
  PAGES,
  /// Those with one page view and nothing else.
  BOUNCES,
  /// How long they took, from the first event to the last.
  SECONDS,
  SECONDS_MEDIAN,
  /// Different subjects with one.
  VISITORS,
  /// Those whose last page view is in the period.
  EXITS,
  /// Different subjects who were active in the period.
  ACTIVE,
  /// Those of them who were active before it, too.
  RETURNING,
  /// The sessions of these.
  OF_RETURNING,
  /// Days from the start of the session before to the start of one.
  DAYS_BETWEEN,
  DAYS_BETWEEN_MEDIAN,
  /// How many such stretches of days there are.
  INTERVALS;

  /// By the words of files.
  static final Map<String, SessionFact> WORDS = words();

  private static Map<String, SessionFact> words() {
    Map<String, SessionFact> words = new TreeMap<>();
    for (SessionFact each : values()) {
      words.put(each.word(), each);
    }
    return words;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is one number of many that cannot be added up.
  public boolean isMedian() {
    return this == SECONDS_MEDIAN || this == DAYS_BETWEEN_MEDIAN;
  }

  /// Whether it is told of subjects, whatever their sessions were like.
  public boolean isOfSubjects() {
    return this == ACTIVE || this == RETURNING || this == OF_RETURNING;
  }
}
