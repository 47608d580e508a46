package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decodes the body of one request, by the terms of its sender. Whatever the body is, there is an
/// answer.
public final class RequestReader {
  private final Bounds bounds;
  private final Gathering gathering;
  private final Checks checks;
  private final Times times = Times.exact();
  private final Ids ids = text -> UUID.randomUUID().toString();

  /// @param receivedAt in microseconds
  /// @param from where the request came in, as the rejected lane shows it
  public RequestReader(Terms terms, Bounds bounds, long receivedAt, String from) {
    this.bounds = bounds;
    this.gathering = new Gathering(terms, receivedAt, from);
    this.checks =
        new Checks(
            new Timing.OfRequest(receivedAt),
            terms.policy().rules.channel(),
            new RequestGuard(terms, receivedAt));
  }

  /// One Segment call of a type that the address tells.
  public Received call(byte[] body, EventType type) {
    Slice record = slice(body);
    if (isText(record)) {
      segment().call(record, type.word(), gathering);
    }
    return gathering.received(true);
  }

  /// A Segment batch.
  public Received batch(byte[] body) {
    return whole(
        slice(body),
        record -> {
          segment().batch(record, bounds.batch(), gathering);
          return false;
        });
  }

  /// What a PostHog client sends, unpacked.
  ///
  /// @param sentAt when it was sent, where the address tells it
  public Received postHog(byte[] body, @Nullable String sentAt) {
    return whole(
        slice(body),
        record -> {
          Envelope envelope = Envelope.read(record);
          PostHogCall shape = new PostHogCall(envelope, sentAt, checks.now());
          objects(envelope.items(), record, shape);
          return envelope.isSingle();
        });
  }

  /// A CloudEvent, or a list of them.
  public Received cloudEvents(byte[] body) {
    return whole(
        slice(body),
        record -> {
          Envelope envelope = Envelope.list(record);
          objects(envelope.items(), record, new CloudEvent());
          return envelope.isSingle();
        });
  }

  /// A CloudEvent whose attributes stand in headers.
  ///
  /// @param json whether the data is JSON; else it is text
  public Received cloudEvent(Map<String, String> attributes, byte[] data, boolean json) {
    Slice record = slice(data);
    if (isText(record)) {
      try {
        Map<String, @Nullable Object> fields = CloudEvent.fields(attributes, record, json);
        new ObjectDecoder(new CloudEvent(), times, checks, ids, bounds.event())
            .decode(fields, record, 1, gathering);
      } catch (RowFault fault) {
        gathering.reject(1, fault, record);
      }
    }
    return gathering.received(true);
  }

  /// A request that is refused as a whole.
  ///
  /// @param begin the first bytes of its body
  public Received refuse(byte[] begin, RejectReason reason, String detail) {
    gathering.refuse(new RowFault(reason, detail), slice(begin));
    return gathering.received(true);
  }

  /// The write key that stands in a body; null when there is none.
  public static @Nullable String key(byte[] body) {
    return Envelope.key(slice(body));
  }

  /// Why a body cannot be read at all, so that no key is found in it; null when it can.
  public static @Nullable String fault(byte[] body) {
    try {
      Envelope.read(slice(body));
      return null;
    } catch (RowFault fault) {
      return fault.detail();
    }
  }

  /// Reads a whole body; tells whether it is a single record.
  private interface Whole {
    boolean read(Slice record) throws RowFault;
  }

  private Received whole(Slice record, Whole reader) {
    boolean single = true;
    if (isText(record)) {
      try {
        single = reader.read(record);
      } catch (RowFault fault) {
        gathering.reject(1, fault, record);
      }
    }
    return gathering.received(single);
  }

  private void objects(List<Range> items, Slice record, Shape shape) throws RowFault {
    int size = items.size();
    if (size > bounds.batch()) {
      throw new RowFault(
          RejectReason.TOO_LARGE,
          "a batch may have " + bounds.batch() + " events, this has " + size);
    }
    if (size == 0) {
      throw new RowFault(RejectReason.BAD_JSON, "the batch is empty");
    }
    ObjectDecoder decoder = new ObjectDecoder(shape, times, checks, ids, bounds.event());
    for (int i = 0; i < size; i++) {
      decoder.decode(items.get(i).in(record), i + 1, gathering);
    }
  }

  private SegmentDecoder segment() {
    return new SegmentDecoder(times, checks, ids, bounds.event());
  }

  /// The body without a byte order mark.
  private static Slice slice(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return new Slice().set(body, marked ? 3 : 0, body.length);
  }

  private boolean isText(Slice record) {
    int bad = Scan.invalidUtf8(record.bytes, record.from, record.to);
    if (bad >= 0) {
      String detail = "byte " + (bad + 1) + " is not UTF-8";
      gathering.reject(1, new RowFault(RejectReason.BAD_ENCODING, detail), record);
    }
    return bad < 0;
  }
}
