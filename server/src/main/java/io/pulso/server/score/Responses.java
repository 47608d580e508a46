package io.pulso.server.score;

import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.sql.ContactSql;
import io.pulso.server.store.View;

/// Which customers answered when the company contacted them, as the engagement index looks at it: a
/// contact of the last 30 days whose time for an answer has passed.
public final class Responses {
  /// Days in which contacts are looked at.
  private static final int CONTACT_DAYS = 30;

  /// The days of contacts that were answered.
  private final SubjectDays answered;

  private Responses(SubjectDays answered) {
    this.answered = answered;
  }

  /// Reads what the index needs on days between two, both included.
  public static Responses read(View view, int first, int last) {
    return new Responses(
        view.facts().answered(first - CONTACT_DAYS + 1, last - ContactSql.ANSWER_DAYS));
  }

  /// Whether a customer answered a contact that is due on a day.
  public boolean isAnswered(int number, int day) {
    return number < answered.subjects()
        && answered.isWithin(number, day - CONTACT_DAYS + 1, day - ContactSql.ANSWER_DAYS);
  }
}
