package io.pulso.engine.score;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Units of one subject for tests, as pairs of a date and whole units.
final class Units {
  static final int MARCH_31 = day("2026-03-31");

  private Units() {}

  static int day(String date) {
    return Math.toIntExact(LocalDate.parse(date).toEpochDay());
  }

  /// Pairs of a date in March 2026, as "03-10", and whole units.
  static SubjectUnits.Days days(Object... pairs) {
    RollUpBuilder builder = RollUp.builder(1);
    for (int i = 0; i < pairs.length; i += 2) {
      builder.add(0, day("2026-" + pairs[i]), ((Number) pairs[i + 1]).longValue() * 1000);
    }
    return builder.build().of(0);
  }

  static SubjectUnits of(SubjectUnits.Days... byActivity) {
    return new SubjectUnits(List.of(byActivity));
  }

  /// As everybody's units, of whom there is one.
  static List<RollUp> rollUps(SubjectUnits units) {
    List<RollUp> rollUps = new ArrayList<>();
    for (SubjectUnits.Days days : units.byActivity()) {
      RollUpBuilder builder = RollUp.builder(1);
      for (int i = 0; i < days.days().length; i++) {
        builder.add(0, days.days()[i], days.units()[i]);
      }
      rollUps.add(builder.build());
    }
    return rollUps;
  }
}
