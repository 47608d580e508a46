package io.pulso.engine.journey;

import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.SubjectDays;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Who came back: those who began in a period, and how many of them were there in each later one.
public final class Retention {
  /// Whoever is seen first within so many days of the first data may have been there before.
  public static final int EXISTING_DAYS = 28;

  private Retention() {}

  /// What is asked.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param rolling whether being there later counts too
  /// @param today the day that is not over yet
  /// @param begun the first day with data
  public record Question(List<Period> periods, boolean rolling, int today, int begun) {
    public Question {
      periods = List.copyOf(periods);
    }
  }

  /// Those who began in a period.
  ///
  /// @param existing whether they may have been there before all data
  /// @param cells by periods after their own, from 0 on
  public record Cohort(Period period, long size, boolean existing, List<Cell> cells) {
    public Cohort {
      cells = List.copyOf(cells);
    }
  }

  /// Those of a cohort who were there in a period.
  ///
  /// @param there null where it cannot be told: nobody is seen after the last period
  /// @param complete whether the period has wholly passed
  public record Cell(@Nullable Long there, long of, boolean complete) {
    /// Between 0 and 1; null where there is nobody, or nothing to tell.
    public @Nullable Double share() {
      return there == null || of == 0 ? null : (Double) ((double) there / of);
    }

    public @Nullable Interval interval() {
      return there == null || of == 0 ? null : Interval.wilson(there, of);
    }
  }

  /// Finds the cohorts, one for each period.
  ///
  /// @param began days on which subjects did what begins; all since the first data
  /// @param back days on which they did what counts as being there
  /// @param who which subjects count
  public static List<Cohort> cohorts(
      SubjectDays began, SubjectDays back, IntPredicate who, Question question) {
    List<Period> periods = question.periods();
    int n = periods.size();
    Days days = new Days(periods);
    long[] sizes = new long[n];
    long[][] there = new long[n][];
    for (int i = 0; i < n; i++) {
      there[i] = new long[n - i];
    }
    for (int subject = 0; subject < began.subjects(); subject++) {
      if (!began.isEmpty(subject) && who.test(subject)) {
        int first = began.first(subject);
        int cohort = days.place(first);
        if (cohort >= 0 && cohort < n) {
          sizes[cohort]++;
          count(back, subject, first, cohort, days, there[cohort], question.rolling());
        }
      }
    }
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < n; cohort++) {
      List<Cell> cells = new ArrayList<>();
      for (int later = 0; later < n - cohort; later++) {
        boolean last = cohort + later == n - 1;
        cells.add(
            new Cell(
                question.rolling() && last ? null : (Long) there[cohort][later],
                sizes[cohort],
                periods.get(cohort + later).last() < question.today()));
      }
      Period period = periods.get(cohort);
      boolean existing = period.first() < question.begun() + EXISTING_DAYS;
      cohorts.add(new Cohort(period, sizes[cohort], existing, cells));
    }
    return cohorts;
  }

  private static void count(
      SubjectDays back,
      int subject,
      int first,
      int cohort,
      Days days,
      long[] there,
      boolean rolling) {
    int last = -1;
    if (subject >= back.subjects()) {
      return;
    }
    for (int day = back.next(subject, first);
        day != SubjectDays.NEVER;
        day = back.next(subject, day + 1)) {
      int later = days.place(day) - cohort;
      if (later > last && later < there.length) {
        for (int i = rolling ? last + 1 : later; i <= later; i++) {
          there[i]++;
        }
        last = later;
      }
    }
  }

  /// All complete cells of cohorts that are not existing, by periods after their own.
  public static List<Cell> together(List<Cohort> cohorts) {
    List<Cell> cells = new ArrayList<>();
    for (int later = 0; later < cohorts.size(); later++) {
      long there = 0;
      long of = 0;
      for (Cohort cohort : cohorts) {
        if (!cohort.existing() && later < cohort.cells().size()) {
          Cell cell = cohort.cells().get(later);
          Long some = cell.there();
          if (cell.complete() && some != null) {
            there += some;
            of += cell.of();
          }
        }
      }
      cells.add(new Cell(there, of, true));
    }
    return cells;
  }
}
