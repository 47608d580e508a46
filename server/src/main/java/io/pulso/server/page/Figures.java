package io.pulso.server.page;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.BiFunction;

/// Numbers, days and instants as a reader of a language writes them, in the workspace's time zone.
/// Every number of a page is written here.
public final class Figures {
  private static final String MINUS = "\u2212";

  private final Locale locale;
  private final ZoneId zone;
  private final Clock clock;
  private final BiFunction<String, Long, String> words;

  /// @param words gives the text of a key for a number of things
  Figures(Locale locale, ZoneId zone, Clock clock, BiFunction<String, Long, String> words) {
    this.locale = locale;
    this.zone = zone;
    this.clock = clock;
    this.words = words;
  }

  /// A whole number.
  public String count(long number) {
    return minus(NumberFormat.getIntegerInstance(locale).format(number));
  }

  /// Milli-points or milli-units with as many decimals as they need, three at most.
  public String points(long milli) {
    return number(BigDecimal.valueOf(milli, 3), 3);
  }

  /// As [#points], with its sign where it is not zero.
  public String change(long milli) {
    return (milli > 0 ? "+" : "") + points(milli);
  }

  /// A number with its sign where it is not zero.
  public String countChange(long number) {
    return (number > 0 ? "+" : "") + count(number);
  }

  /// A number with at most so many decimals.
  public String decimal(double number, int decimals) {
    return number(BigDecimal.valueOf(number), decimals);
  }

  private String number(BigDecimal number, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(decimals);
    return minus(format.format(number));
  }

  /// A share of one, in percent with one decimal where it needs it.
  public String percent(double share) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(1);
    return minus(format.format(share));
  }

  private static String minus(String text) {
    return text.startsWith("-") ? MINUS + text.substring(1) : text;
  }

  /// A day since 1970-01-01, with its year.
  public String day(int day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(LocalDate.ofEpochDay(day));
  }

  /// A day without its year.
  public String shortDay(int day) {
    return DateTimeFormatter.ofLocalizedPattern("MMMd")
        .withLocale(locale)
        .format(LocalDate.ofEpochDay(day));
  }

  /// The month of a day, with its year.
  public String month(int day) {
    return DateTimeFormatter.ofLocalizedPattern("yMMM")
        .withLocale(locale)
        .format(LocalDate.ofEpochDay(day));
  }

  /// A day as machines and fields of forms write it.
  public String isoDay(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  /// An instant in microseconds since 1970-01-01.
  public String instant(long micros) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(at(micros).atZone(zone));
  }

  /// The time of a day.
  public String time(long micros) {
    return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
        .withLocale(locale)
        .format(at(micros).atZone(zone));
  }

  /// The time of a day with its seconds.
  public String seconds(long micros) {
    return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(at(micros).atZone(zone));
  }

  /// How long ago an instant was, in words.
  public String ago(long micros) {
    long seconds = Duration.between(at(micros), clock.instant()).toSeconds();
    if (seconds < 60) {
      return words.apply("frame.ago_now", 0L);
    }
    if (seconds < 3_600) {
      return words.apply("frame.ago_minutes", seconds / 60);
    }
    if (seconds < 86_400) {
      return words.apply("frame.ago_hours", seconds / 3_600);
    }
    return seconds < 60 * 86_400L
        ? words.apply("frame.ago_days", seconds / 86_400)
        : day(Math.toIntExact(at(micros).atZone(zone).toLocalDate().toEpochDay()));
  }

  private static Instant at(long micros) {
    return Instant.EPOCH.plusNanos(Math.multiplyExact(micros, 1_000L));
  }
}
