package io.pulso.server.ingest;

import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.store.RejectReason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads instants, in microseconds: ISO 8601 with and without an offset, days, epochs whose unit is
/// told by their size, and texts of one given format.
final class Times {
  private static final long SECOND = 1_000_000;
  private static final long SECONDS_BELOW = 100_000_000_000L;
  private static final long MILLIS_BELOW = 100_000_000_000_000L;
  private static final long MICROS_BELOW = 100_000_000_000_000_000L;

  private final LocalClock clock;
  private final @Nullable DateTimeFormatter format;
  private final @Nullable String pattern;
  private final boolean exact;
  private final IsoTime iso = new IsoTime();
  private final Slice scratch = new Slice();

  Times(ZoneId zone, @Nullable String pattern) {
    this(zone, pattern, false);
  }

  private Times(ZoneId zone, @Nullable String pattern, boolean exact) {
    this.exact = exact;
    this.clock = new LocalClock(zone);
    this.pattern = pattern;
    this.format = pattern == null ? null : formatter(pattern);
  }

  /// Times that say which instant they mean: ISO 8601 with an offset, and epochs.
  static Times exact() {
    return new Times(ZoneOffset.UTC, null, true);
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern(pattern)
          .toFormatter(Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "'"
              + pattern
              + "' is no time format: "
              + e.getMessage()
              + "; write one like dd/MM/yyyy HH:mm",
          e);
    }
  }

  long read(String text) throws RowFault {
    return read(scratch.set(text));
  }

  long read(Slice text) throws RowFault {
    while (!text.isEmpty() && text.bytes[text.to - 1] == ' ') {
      text.to--;
    }
    while (!text.isEmpty() && text.bytes[text.from] == ' ') {
      text.from++;
    }
    if (format != null) {
      return iso.read(text) && iso.hasOffset() ? iso.micros() : formatted(text, format);
    }
    if (iso.read(text)) {
      if (iso.hasOffset()) {
        return iso.micros();
      }
      if (exact) {
        throw bad(text, "has no offset; write one, as in 2026-03-31T10:00:00+02:00 or …Z");
      }
      return local(iso.localSeconds(), iso.fraction());
    }
    return digits(text, exact ? Eight.FAULT : Eight.DAY);
  }

  /// A whole number of a payload, by its digits.
  long whole(String digits) throws RowFault {
    return exact ? digits(scratch.set(digits), Eight.EPOCH) : read(digits);
  }

  /// Reads a text by a format of its own, as `date(text, format)` in mappings.
  long read(String text, DateTimeFormatter own) throws RowFault {
    return formatted(scratch.set(text), own);
  }

  /// Whether local times are instants as they stand.
  boolean isUtc() {
    return clock.isUtc();
  }

  /// The instant of a local time.
  long local(long seconds, int micros) {
    return clock.utc(seconds) * SECOND + micros;
  }

  /// An epoch number; eight digits are a day, unless times are exact.
  long number(double number) throws RowFault {
    return digits(scratch.set(JsonText.plain(number)), exact ? Eight.EPOCH : Eight.DAY);
  }

  private long formatted(Slice text, DateTimeFormatter by) throws RowFault {
    try {
      TemporalAccessor found = by.parse(text.text());
      LocalDate day = found.query(TemporalQueries.localDate());
      LocalTime time = found.query(TemporalQueries.localTime());
      ZoneId zone = found.query(TemporalQueries.zone());
      if (day == null) {
        throw bad(text, "the format tells no day");
      }
      LocalTime at = time == null ? LocalTime.MIDNIGHT : time;
      long ofDay = at.toNanoOfDay() / 1_000;
      long seconds = day.toEpochDay() * 86_400 + ofDay / SECOND;
      int micros = (int) (ofDay % SECOND);
      if (zone instanceof ZoneOffset offset) {
        return (seconds - offset.getTotalSeconds()) * SECOND + micros;
      }
      return (zone == null ? clock : new LocalClock(zone)).utc(seconds) * SECOND + micros;
    } catch (DateTimeException e) {
      throw bad(text, "is not of the format" + (pattern == null ? "" : " " + pattern));
    }
  }

  /// What eight digits without a point are.
  private enum Eight {
    DAY,
    EPOCH,
    FAULT
  }

  private long digits(Slice text, Eight eight) throws RowFault {
    int point = -1;
    for (int i = 0; i < text.length(); i++) {
      byte c = text.at(i);
      if (c == '.' && point < 0 && i > 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        throw bad(
            text,
            exact
                ? "is no time; ISO 8601 with an offset or an epoch is read"
                : "is no time; ISO 8601 or an epoch is read, others with --time-format");
      }
    }
    int whole = point < 0 ? text.length() : point;
    if (whole == 0 || whole > 17) {
      throw bad(text, "is no time");
    }
    if (whole == 8 && point < 0 && eight != Eight.EPOCH) {
      if (eight == Eight.FAULT) {
        throw bad(text, "is a day without a time and an offset");
      }
      return day(text);
    }
    long number = 0;
    for (int i = 0; i < whole; i++) {
      number = number * 10 + text.at(i) - '0';
    }
    long unit = number < SECONDS_BELOW ? SECOND : number < MILLIS_BELOW ? 1_000 : 1;
    if (number >= MICROS_BELOW) {
      throw bad(text, "is too large for an epoch");
    }
    long micros = number * unit;
    for (int i = whole + 1; i < text.length() && unit > 1; i++) {
      unit /= 10;
      micros += (text.at(i) - '0') * unit;
    }
    return micros;
  }

  private long day(Slice text) throws RowFault {
    int digits = 0;
    for (int i = 0; i < 8; i++) {
      digits = digits * 10 + text.at(i) - '0';
    }
    try {
      LocalDate day = LocalDate.of(digits / 10_000, digits / 100 % 100, digits % 100);
      return local(day.toEpochDay() * 86_400, 0);
    } catch (DateTimeException e) {
      throw bad(text, "has eight digits but is no day");
    }
  }

  private static RowFault bad(Slice text, String what) {
    String shown = text.length() > 60 ? text.text().substring(0, 40) + "…" : text.text();
    return new RowFault(RejectReason.BAD_TIMESTAMP, "'" + shown + "' " + what);
  }
}
