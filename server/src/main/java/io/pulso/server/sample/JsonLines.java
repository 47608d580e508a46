package io.pulso.server.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drafts as Segment payloads, one JSON object a line, by month.
final class JsonLines {
  private static final long MINUTE = 60_000;

  private final Timetable time;
  private final StringBuilder[] months;
  private StringBuilder out;
  private long minute = Long.MIN_VALUE;
  private String minuteText = "";

  JsonLines(Timetable time) {
    this.time = time;
    months = new StringBuilder[time.months()];
    for (int i = 0; i < months.length; i++) {
      months[i] = new StringBuilder();
    }
    out = months[0];
  }

  /// The lines of each month since the beginning.
  List<byte[]> bytes() {
    return Arrays.stream(months)
        .map(month -> month.toString().getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  void write(Draft d) {
    out = months[time.monthOf(d.millis)];
    out.append("{\"type\":\"").append(d.type.word());
    out.append("\",\"messageId\":\"").append(d.messageId);
    instant("\",\"timestamp\":\"", d.millis);
    instant("\",\"receivedAt\":\"", d.receivedMillis);
    out.append('"');
    field("userId", d.userId);
    field("anonymousId", d.anonymousId);
    field("previousId", d.previousId);
    switch (d.type) {
      case TRACK -> field("event", d.title);
      case PAGE, SCREEN -> field("name", d.title);
      case GROUP -> field("groupId", d.groupId);
      case IDENTIFY, ALIAS -> {}
    }
    details(d);
    context(d);
    out.append("}\n");
  }

  private void field(String key, @Nullable String text) {
    if (text != null) {
      out.append(",\"").append(key).append("\":\"").append(text).append('"');
    }
  }

  private void details(Draft d) {
    if (d.size == 0) {
      return;
    }
    out.append(d.type.isEvent() ? ",\"properties\":" : ",\"traits\":");
    for (int i = 0; i < d.size; i++) {
      out.append(i == 0 ? "{\"" : ",\"").append(d.keys[i]).append("\":");
      String text = d.texts[i];
      if (text == null) {
        number(d.numbers[i]);
      } else {
        out.append('"').append(text).append('"');
      }
    }
    out.append('}');
  }

  private void number(double number) {
    if (number == (long) number) {
      out.append((long) number);
    } else {
      out.append(number);
    }
  }

  private void context(Draft d) {
    if (!d.type.isEvent()) {
      return;
    }
    out.append(",\"context\":{\"channel\":\"").append(d.channel).append('"');
    field("groupId", d.groupId);
    field("userAgent", d.userAgent);
    if (d.campaign != null) {
      out.append(",\"campaign\":{\"name\":\"").append(d.campaign).append("\"}");
    } else if (d.network != null) {
      out.append(",\"campaign\":{\"source\":\"").append(d.network).append('"');
      field("medium", Posts.MEDIUM);
      out.append('}');
    }
    out.append('}');
  }

  private void instant(String before, long millis) {
    long of = Math.floorDiv(millis, MINUTE);
    if (of != minute) {
      minute = of;
      minuteText = Instant.ofEpochMilli(of * MINUTE).toString().substring(0, 17);
    }
    int rest = (int) (millis - of * MINUTE);
    out.append(before).append(minuteText);
    out.append((char) ('0' + rest / 10_000)).append((char) ('0' + rest / 1000 % 10)).append('.');
    out.append((char) ('0' + rest / 100 % 10));
    out.append((char) ('0' + rest / 10 % 10)).append((char) ('0' + rest % 10)).append('Z');
  }
}
