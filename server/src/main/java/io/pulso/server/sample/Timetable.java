package io.pulso.server.sample;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.Map;

/// The days of the generated period, counted from 0, and what happens on them everywhere: weeks,
/// working hours by country, the week of the bad release, the day guided onboarding came.
final class Timetable {
  static final long DAY = 86_400_000;

  final int days;
  final LocalDate first;
  private final long start;
  private final long end;
  private final Map<Country, long[]> midnight = new EnumMap<>(Country.class);
  private final Map<Country, double[]> activity = new EnumMap<>(Country.class);
  private final int[] monthOfDay;
  private final int firstMonday;
  final int badRelease;
  final int guidedOnboarding;

  Timetable(LocalDate last, int days) {
    this.days = days;
    first = last.minusDays(days - 1L);
    start = first.toEpochDay() * DAY;
    end = start + days * DAY;
    for (Country c : Country.values()) {
      fill(c);
    }
    monthOfDay = new int[days];
    for (int day = 1; day < days; day++) {
      monthOfDay[day] = monthOfDay[day - 1] + (first.plusDays(day).getDayOfMonth() == 1 ? 1 : 0);
    }
    firstMonday =
        (int)
            (first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)).toEpochDay()
                - first.toEpochDay());
    badRelease = monday(days >= 210 ? days - 150 : days / 2);
    guidedOnboarding = days * 11 / 20;
  }

  private void fill(Country c) {
    long[] midnights = new long[days];
    double[] activities = new double[days];
    for (int day = 0; day < days; day++) {
      LocalDate date = first.plusDays(day);
      midnights[day] = date.atStartOfDay(c.zone).toInstant().toEpochMilli();
      activities[day] = c.activity(date);
    }
    midnight.put(c, midnights);
    activity.put(c, activities);
  }

  /// The Monday of the week of a day; it may lie before the period.
  int monday(int day) {
    return firstMonday + Math.floorDiv(day - firstMonday, 7) * 7;
  }

  boolean isMonday(int day) {
    return Math.floorMod(day - firstMonday, 7) == 0;
  }

  boolean isBad(int day) {
    return day >= badRelease && day < badRelease + 7;
  }

  double activity(Country country, int day) {
    return requireNonNull(activity.get(country))[day];
  }

  /// An instant by local time; days outside the period are counted on from its ends.
  long at(Country country, int day, double hour) {
    int inside = Math.clamp(day, 0, days - 1);
    long base = requireNonNull(midnight.get(country))[inside] + (day - inside) * DAY;
    return base + (long) (hour * 3_600_000);
  }

  boolean inside(long millis) {
    return millis >= start && millis < end;
  }

  long start() {
    return start;
  }

  /// The last millisecond of the period.
  long last() {
    return end - 1;
  }

  boolean isFirstMonday(int day) {
    return first.plusDays(day).getDayOfMonth() <= 7;
  }

  /// How many calendar months, in UTC, the period touches.
  int months() {
    return monthOfDay[days - 1] + 1;
  }

  /// The month of an instant inside the period, counted from 0.
  int monthOf(long millis) {
    return monthOfDay[(int) ((millis - start) / DAY)];
  }

  /// The month of a day, such as `2026-03`.
  String month(int day) {
    return date(day).substring(0, 7);
  }

  String date(int day) {
    return first.plusDays(day).toString();
  }
}
