package io.pulso.server.ingest;

import java.time.LocalDate;
import java.time.YearMonth;

/// One ISO 8601 time, read from bytes without objects: `2026-03-31`, `2026-03-31T10:00`,
/// `2026-03-31 10:00:00.123456+02:00`, `20260331T100000Z`; `/` may stand for `-`, and month, day
/// and hour may have one digit.
final class IsoTime {
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private byte[] bytes = new byte[0];
  private int pos;
  private int end;
  private long localSeconds;
  private int fraction;
  private int offset;
  private int lastDate = -1;
  private long lastDay;

  /// Reads a text; false when it is none of these.
  boolean read(Slice text) {
    bytes = text.bytes;
    pos = text.from;
    end = text.to;
    offset = NO_OFFSET;
    fraction = 0;
    return date() && time() && pos == end;
  }

  boolean hasOffset() {
    return offset != NO_OFFSET;
  }

  long localSeconds() {
    return localSeconds;
  }

  int fraction() {
    return fraction;
  }

  long micros() {
    return (localSeconds - offset) * 1_000_000 + fraction;
  }

  private boolean date() {
    int year = number(4);
    boolean apart = is('-') || is('/');
    int month = apart ? shortPart() : number(2);
    boolean again = !apart || is('-') || is('/');
    int day = !again ? -1 : apart ? shortPart() : number(2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    if (!apart && pos == end) {
      return false;
    }
    int date = year * 10_000 + month * 100 + day;
    if (date != lastDate) {
      if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
        return false;
      }
      lastDay = LocalDate.of(year, month, day).toEpochDay();
      lastDate = date;
    }
    localSeconds = lastDay * 86_400;
    return true;
  }

  private int part() {
    pos++;
    return number(2);
  }

  private int shortPart() {
    pos++;
    return oneOrTwo();
  }

  /// A number of two digits, or of one before something else than a digit.
  private int oneOrTwo() {
    boolean two = pos + 1 < end && bytes[pos + 1] >= '0' && bytes[pos + 1] <= '9';
    return number(two ? 2 : 1);
  }

  private boolean time() {
    if (pos == end) {
      return true;
    }
    if (!is('T') && !is(' ') && !is('t')) {
      return false;
    }
    pos++;
    int hour = oneOrTwo();
    boolean apart = is(':');
    int minute = apart ? part() : number(2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return false;
    }
    localSeconds += hour * 3_600L + minute * 60L;
    boolean seconds = apart ? is(':') : pos < end && bytes[pos] >= '0' && bytes[pos] <= '9';
    return (!seconds || seconds(apart)) && zone();
  }

  private boolean seconds(boolean apart) {
    int second = apart ? part() : number(2);
    if (second < 0 || second > 59) {
      return false;
    }
    localSeconds += second;
    if (!is('.') && !is(',')) {
      return true;
    }
    pos++;
    int unit = 1_000_000;
    int from = pos;
    while (pos < end && bytes[pos] >= '0' && bytes[pos] <= '9') {
      unit /= 10;
      fraction += (bytes[pos] - '0') * unit;
      pos++;
    }
    return pos > from;
  }

  private boolean zone() {
    if (pos == end) {
      return true;
    }
    if (is(' ')) {
      pos++;
    }
    if (is('Z') || is('z')) {
      pos++;
      offset = 0;
      return true;
    }
    if (end - pos == 3 && (word("UTC") || word("GMT"))) {
      pos = end;
      offset = 0;
      return true;
    }
    if (!is('+') && !is('-')) {
      return false;
    }
    int sign = is('+') ? 1 : -1;
    pos++;
    int hours = number(2);
    int minutes = pos == end ? 0 : is(':') ? part() : number(2);
    offset = sign * (hours * 3_600 + minutes * 60);
    return hours >= 0 && hours <= 18 && minutes >= 0 && minutes <= 59;
  }

  private boolean word(String word) {
    return bytes[pos] == word.charAt(0)
        && bytes[pos + 1] == word.charAt(1)
        && bytes[pos + 2] == word.charAt(2);
  }

  private boolean is(char c) {
    return pos < end && bytes[pos] == c;
  }

  /// A number of so many digits, or -1.
  private int number(int digits) {
    if (pos + digits > end) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = bytes[pos + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    pos += digits;
    return number;
  }
}
