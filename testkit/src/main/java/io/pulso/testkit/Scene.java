package io.pulso.testkit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// Where and when a random world takes place: a zone, a day (often one on which clocks change) and
/// a few instants at which everything happens.
///
/// @param pivot the day around which everything happens
/// @param instants microseconds; few, so that records often share one
record Scene(ZoneId zone, LocalDate pivot, List<Long> instants) {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "Australia/Lord_Howe",
          "Africa/Cairo",
          "America/Sao_Paulo",
          "America/New_York",
          "Asia/Kathmandu",
          "Asia/Beirut",
          "Pacific/Apia",
          "Pacific/Kiritimati",
          "Antarctica/Troll");

  private static final List<Integer> AGES = List.of(6, 7, 13, 14, 27, 28, 29, 30, 60, 365, 700);

  static Scene of(Dice dice) {
    ZoneId zone = ZoneId.of(dice.one(ZONES));
    LocalDate start =
        zone.getId().equals("Pacific/Apia")
            ? LocalDate.parse("2011-12-01")
            : LocalDate.ofEpochDay(dice.between(14_000, 20_500));
    Instant turn = start.atStartOfDay(zone).toInstant();
    ZoneOffsetTransition next = zone.getRules().nextTransition(turn);
    if (next != null && dice.percent(80)) {
      turn = next.getInstant();
    }
    LocalDate pivot = turn.atZone(zone).toLocalDate();
    List<Long> instants = new ArrayList<>();
    int count = dice.between(4, 12);
    for (int i = 0; i < count; i++) {
      instants.add(instant(dice, zone, pivot, turn));
    }
    return new Scene(zone, pivot, List.copyOf(instants));
  }

  private static long instant(Dice dice, ZoneId zone, LocalDate pivot, Instant turn) {
    long step = dice.between(-1, 1);
    long hour = 3_600_000_000L;
    return switch (dice.below(6)) {
      case 0 -> micros(turn) + step;
      case 1 -> micros(turn) + dice.below(96 * hour) - 48 * hour;
      case 2 -> midnight(pivot.minusDays(dice.one(AGES)), zone) + step;
      case 3 -> midnight(pivot.minusDays(dice.one(AGES)), zone) + dice.below(24 * hour);
      default -> midnight(pivot.plusDays(dice.between(-2, 3)), zone) + step;
    };
  }

  private static long midnight(LocalDate day, ZoneId zone) {
    return micros(day.atStartOfDay(zone).toInstant());
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /// A day to ask about.
  LocalDate day(Dice dice) {
    return dice.percent(75)
        ? pivot.plusDays(dice.between(-1, 4))
        : pivot.plusDays(dice.one(-28, -7, 6, 7, 13, 27, 28, 29, 30));
  }
}
