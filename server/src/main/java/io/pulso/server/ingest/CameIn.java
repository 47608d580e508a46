package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a rejected record is read that came in over HTTP: its address tells what it is, where its
/// own text need not.
final class CameIn {
  private static final Pattern CALL = Pattern.compile("POST /v1/([a-z]+)/?");

  private CameIn() {}

  /// Reads records of an address; null for those of files, and of products that are told by their
  /// fields.
  static @Nullable Decoder decoder(String from, Reading reading) {
    Matcher call = CALL.matcher(from);
    if (!call.matches()) {
      return null;
    }
    Times times = reading.times(Format.SEGMENT);
    SegmentDecoder segment = new SegmentDecoder(times, reading.checks, reading.ids);
    String word = call.group(1);
    if (word.equals("cloudevents")) {
      return new ObjectDecoder(new CloudEvent(), times, reading.checks, reading.ids);
    }
    for (EventType type : EventType.values()) {
      if (word.equals(type.word()) || word.equals(type.word().substring(0, 1))) {
        return (record, line, outlet) -> segment.call(record, type.word(), line, outlet);
      }
    }
    return segment;
  }
}
