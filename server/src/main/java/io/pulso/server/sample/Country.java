package io.pulso.server.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.Arrays;

/// Where customers work: time zone, language and the days on which people stay away.
enum Country {
  US("America/New_York", "en", 0.26, Summer.SHORT),
  GB("Europe/London", "en", 0.11, Summer.SHORT),
  DE("Europe/Berlin", "de", 0.11, Summer.SHORT),
  FR("Europe/Paris", "fr", 0.08, Summer.LONG),
  ES("Europe/Madrid", "es", 0.08, Summer.LONG),
  IT("Europe/Rome", "it", 0.08, Summer.LONG),
  CN("Asia/Shanghai", "zh", 0.08, Summer.NONE),
  BR("America/Sao_Paulo", "pt", 0.06, Summer.NONE),
  IN("Asia/Kolkata", "en", 0.06, Summer.NONE),
  CA("America/Toronto", "en", 0.05, Summer.SHORT),
  AU("Australia/Sydney", "en", 0.03, Summer.NONE);

  private enum Summer {
    NONE,
    SHORT,
    LONG
  }

  final ZoneId zone;
  final String language;
  final double share;
  private final Summer summer;

  Country(String zone, String language, double share, Summer summer) {
    this.zone = ZoneId.of(zone);
    this.language = language;
    this.share = share;
    this.summer = summer;
  }

  static double[] shares() {
    return Arrays.stream(values()).mapToDouble(v -> v.share).toArray();
  }

  /// How much of a usual working day's activity there is on a day.
  double activity(LocalDate day) {
    return weekday(day.getDayOfWeek()) * holiday(day);
  }

  private static double weekday(DayOfWeek day) {
    return switch (day) {
      case MONDAY -> 0.97;
      case TUESDAY -> 1.08;
      case WEDNESDAY -> 1.06;
      case THURSDAY -> 1.02;
      case FRIDAY -> 0.87;
      case SATURDAY -> 0.12;
      case SUNDAY -> 0.10;
    };
  }

  private double holiday(LocalDate day) {
    int date = day.getMonthValue() * 100 + day.getDayOfMonth();
    if (this == CN) {
      return (date >= 1001 && date <= 1007) || (date >= 210 && date <= 217) ? 0.15 : 1;
    }
    if (date >= 1223 || date == 101) {
      return 0.3;
    }
    return switch (summer) {
      case NONE -> 1;
      case SHORT -> day.getMonth() == Month.AUGUST ? 0.88 : 1;
      case LONG -> day.getMonth() == Month.AUGUST ? 0.5 : 1;
    };
  }
}
