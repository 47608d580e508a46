package io.pulso.server.journey;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.metric.Survival;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.StepSql;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// From when to when customers or accounts are such, by their subscriptions or by their silence.
public final class Leaving {
  /// A term may be renewed so many days late.
  private static final int GRACE = 7;

  private static final int STARTED = 1;
  private static final int CANCELLED = 2;
  private static final int MONTH = 4;
  private static final int YEAR = 8;
  private static final List<Condition> STEPS =
      List.of(
          read("event in [\"Subscription Started\", \"Subscription Renewed\"]"),
          read("event == \"Subscription Cancelled\""),
          read(
              "event in [\"Subscription Started\", \"Subscription Renewed\"] && properties.term == \"month\""),
          read(
              "event in [\"Subscription Started\", \"Subscription Renewed\"] && properties.term == \"year\""));

  /// Begin and end of each stay, whether it is the first, and whose it is, in the order of
  /// subjects.
  private final List<int[]> stays = new ArrayList<>();

  private final Active active;
  private final @Nullable Integer silent;
  private boolean known = true;

  private Leaving(Active active, @Nullable Integer silent) {
    this.active = active;
    this.silent = silent;
  }

  private static Condition read(String text) {
    try {
      return Cel.read(text, Cel.Scope.EVENT).condition();
    } catch (ExpressionException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /// Finds all stays that are known by a day.
  ///
  /// @param last the last day that is asked for
  /// @param today the local day that is not over yet
  public static Leaving read(View view, Measure.Loss loss, int last, int today) {
    return read(view, loss, Active.upTo(view, loss.per(), Math.max(last, today - 1), today));
  }

  static Leaving read(View view, Measure.Loss loss, Active active) {
    Leaving leaving = new Leaving(active, loss.silent());
    IntPredicate who = active.who(Select.Who.IDENTIFIED);
    if (leaving.silent != null) {
      leaving.bySilence(active.days(), who, leaving.silent);
    } else {
      leaving.bySubscription(view, loss.per(), who);
    }
    return leaving;
  }

  /// Whether there is anything to tell it from.
  public boolean isKnown() {
    return known;
  }

  /// The last day up to which it can be told: whether those of the last days are silent shows
  /// later.
  int lastTold() {
    return silent == null ? active.open() - 1 : active.open() - 1 - silent;
  }

  private void bySilence(SubjectDays days, IntPredicate who, int silence) {
    for (int subject = 0; subject < days.subjects(); subject++) {
      if (!days.isEmpty(subject) && who.test(subject)) {
        int begin = days.first(subject);
        boolean first = true;
        int last = lastOfStay(days, subject, begin, silence);
        for (int day = days.next(subject, last + 1);
            day != SubjectDays.NEVER;
            day = days.next(subject, last + 1)) {
          stays.add(new int[] {begin, last + silence, first ? 1 : 0, subject});
          begin = day;
          first = false;
          last = lastOfStay(days, subject, begin, silence);
        }
        int end = last + silence;
        stays.add(
            new int[] {begin, end < active.open() ? end : Stays.NEVER, first ? 1 : 0, subject});
      }
    }
  }

  /// The last day before a silence.
  private static int lastOfStay(SubjectDays days, int subject, int begin, int silence) {
    int last = begin;
    int later = days.previous(subject, last + silence);
    while (later > last) {
      last = later;
      later = days.previous(subject, last + silence);
    }
    return last;
  }

  private void bySubscription(View view, Model.Subject per, IntPredicate who) {
    SubjectDays days = active.days();
    Terms[] terms = new Terms[days.subjects()];
    known = false;
    int first = active.begun();
    int last = active.open() - 1;
    if (first <= last) {
      view.journeys()
          .steps(
              new Journeys.Asked(
                  STEPS,
                  per == Model.Subject.CUSTOMER
                      ? new StepSql.Owner.Customer()
                      : new StepSql.Owner.Account(),
                  Select.Who.ANYBODY,
                  false,
                  null,
                  new Period(first, last),
                  first,
                  0,
                  view.days().start(active.open())),
              (owner, at, which, part, subject) -> {
                known = true;
                if (owner < terms.length) {
                  if (terms[owner] == null) {
                    terms[owner] = new Terms();
                  }
                  terms[owner].add(at, view.days().day(at), which);
                }
              });
    }
    for (int subject = 0; subject < days.subjects(); subject++) {
      boolean seen = !days.isEmpty(subject);
      if ((seen || terms[subject] != null) && who.test(subject)) {
        int begin = seen ? days.first(subject) : Stays.NEVER;
        (terms[subject] == null ? new Terms() : terms[subject])
            .stays(subject, begin, active.open(), stays);
      }
    }
  }

  /// What becomes of the customers of each period.
  public List<Stays.Stay> stays(List<Period> periods) {
    return stays(periods, null);
  }

  /// As the other one.
  ///
  /// @param among the numbers of those who count; null for all
  List<Stays.Stay> stays(List<Period> periods, @Nullable BitSet among) {
    Stays counted = new Stays(periods);
    for (int[] stay : stays) {
      if (among == null || among.get(stay[3])) {
        counted.add(stay[0], stay[1], stay[2] == 1);
      }
    }
    return counted.told();
  }

  /// How many days customers stay who came until the end of a period, as far as it was known then;
  /// without those who may have come before all data.
  ///
  /// @param finished whether only those are told who were lost in the period
  /// @param among the numbers of those who count; null for all
  Survival lifetimes(Period period, boolean finished, @Nullable BitSet among) {
    Survival lasting = new Survival();
    int open = Math.min(period.last() + 1, active.open());
    for (int[] stay : stays) {
      boolean existing = stay[0] < active.begun() + Retention.EXISTING_DAYS;
      boolean ended = stay[1] < open;
      boolean asked = finished ? ended && stay[1] >= period.first() : stay[0] < open;
      boolean counts = among == null || among.get(stay[3]);
      if (stay[2] == 1 && !existing && asked && counts) {
        lasting.add((ended ? stay[1] : open) - stay[0], ended);
      }
    }
    return lasting;
  }

  /// The subscriptions of one, moment by moment.
  private static final class Terms {
    private final List<Moment> moments = new ArrayList<>();

    /// All that happens at one instant.
    ///
    /// @param due the day on which the longest term that begins is lost that is not renewed
    private record Moment(long at, int day, boolean starts, boolean cancels, int due) {
      static Moment of(long at, int day, int which) {
        boolean starts = (which & STARTED) != 0;
        return new Moment(
            at, day, starts, (which & CANCELLED) != 0, starts ? Terms.due(day, which) : day);
      }

      Moment and(Moment other) {
        return new Moment(
            at, day, starts || other.starts, cancels || other.cancels, Math.max(due, other.due));
      }
    }

    void add(long at, int day, int which) {
      Moment moment = Moment.of(at, day, which);
      if (!moments.isEmpty() && moments.getLast().at == at) {
        moments.addLast(moments.removeLast().and(moment));
      } else {
        moments.add(moment);
      }
    }

    /// Who has a subscription and begins one at the instant at which one is cancelled changes it;
    /// who has none tries it.
    ///
    /// @param active the first day of activity; [Stays#NEVER] for none
    /// @param open the first day of which not everything is known
    void stays(int subject, int active, int open, List<int[]> to) {
      Course course = new Course(subject, active, to);
      for (Moment moment : moments) {
        course.lapse(moment.day - 1);
        boolean changes = course.subscribed;
        if (moment.cancels && changes) {
          course.cancel(moment.day);
        }
        if (moment.starts) {
          course.start(moment.day, moment.due);
        }
        if (moment.cancels && !changes) {
          course.cancel(moment.day);
        }
      }
      course.lapse(open - 1);
      course.end();
    }

    /// Where one of them is while moments pass.
    private static final class Course {
      private final int subject;
      private final List<int[]> to;
      private int begin;
      private boolean here;
      private boolean first = true;
      private boolean subscribed;
      private int due = Stays.NEVER;

      Course(int subject, int active, List<int[]> to) {
        this.subject = subject;
        this.to = to;
        this.begin = active;
        this.here = active != Stays.NEVER;
      }

      void start(int day, int nextDue) {
        begin = here ? Math.min(begin, day) : day;
        here = true;
        subscribed = true;
        due = nextDue;
      }

      void cancel(int day) {
        if (here) {
          leave(day);
        }
      }

      /// Is lost where the term was over by a day.
      void lapse(int day) {
        if (here && due <= day) {
          leave(due);
        }
      }

      void end() {
        if (here) {
          leave(Stays.NEVER);
        }
      }

      private void leave(int day) {
        to.add(new int[] {Math.min(begin, day), day, first ? 1 : 0, subject});
        here = false;
        subscribed = false;
        first = false;
        due = Stays.NEVER;
      }
    }

    /// The day on which a term is lost that is not renewed.
    private static int due(int day, int which) {
      LocalDate date = LocalDate.ofEpochDay(day);
      if ((which & MONTH) != 0) {
        return (int) date.plusMonths(1).toEpochDay() + GRACE;
      }
      return (which & YEAR) != 0 ? (int) date.plusYears(1).toEpochDay() + GRACE : Stays.NEVER;
    }
  }
}
