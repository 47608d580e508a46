package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The binary form of arrivals. It begins with the number of its version.
public final class ArrivalCodec {
  private static final int VERSION = 1;
  private static final int HAS_VALUE = 1 << 10;
  private static final int RECEIVED_WITH_THE_REST = 1 << 11;

  /// Types stand by their place here.
  private static final List<EventType> TYPES =
      List.of(
          EventType.TRACK,
          EventType.PAGE,
          EventType.SCREEN,
          EventType.IDENTIFY,
          EventType.GROUP,
          EventType.ALIAS);

  private ArrivalCodec() {}

  public static byte[] encode(Arrival arrival) {
    BytesOut out = new BytesOut();
    out.one(VERSION);
    out.text(arrival.source());
    out.one(arrival.trusted() ? 1 : 0);
    out.signed(arrival.receivedAt());
    out.count(arrival.rows().size());
    for (Incoming row : arrival.rows()) {
      row(row, arrival.receivedAt(), out);
    }
    out.count(arrival.rejects().size());
    for (Rejected rejected : arrival.rejects()) {
      out.text(rejected.file());
      out.signed(rejected.line());
      out.text(rejected.reason().name());
      out.text(rejected.detail());
      out.text(rejected.body());
    }
    return out.bytes();
  }

  public static Arrival decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// Reads what [#encode] wrote; other bytes are an `IllegalArgumentException`.
  public static Arrival decode(byte[] bytes, int from, int length) {
    BytesIn in = new BytesIn(bytes, from, length);
    int version = in.one();
    if (version != VERSION) {
      throw new IllegalArgumentException("an arrival of version " + version + " is not known here");
    }
    String source = in.text();
    boolean trusted = in.one() == 1;
    long receivedAt = in.signed();
    List<Incoming> rows = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      rows.add(row(in, receivedAt));
    }
    List<Rejected> rejects = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      rejects.add(new Rejected(in.text(), in.signed(), reason(in.text()), in.text(), in.text()));
    }
    in.end();
    return new Arrival(source, trusted, receivedAt, rows, rejects);
  }

  private static RejectReason reason(String name) {
    try {
      return RejectReason.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an arrival has the unknown reason " + name, e);
    }
  }

  /// The texts that may be absent, in the order of their bits.
  private static @Nullable String[] texts(Incoming row) {
    return new @Nullable String[] {
      row.userId(),
      row.anonymousId(),
      row.previousId(),
      row.groupId(),
      row.event(),
      row.name(),
      row.channel(),
      row.properties(),
      row.context(),
      row.traits()
    };
  }

  private static void row(Incoming row, long receivedAt, BytesOut out) {
    @Nullable String[] texts = texts(row);
    boolean together = row.receivedAt() == receivedAt;
    boolean hasValue = !Double.isNaN(row.value());
    int there = (hasValue ? HAS_VALUE : 0) | (together ? RECEIVED_WITH_THE_REST : 0);
    for (int i = 0; i < texts.length; i++) {
      there |= texts[i] == null ? 0 : 1 << i;
    }
    out.one(TYPES.indexOf(row.type()));
    out.count(there);
    for (String text : texts) {
      if (text != null) {
        out.text(text);
      }
    }
    out.text(row.messageId());
    out.signed(row.occurredAt() - receivedAt);
    if (!together) {
      out.signed(row.receivedAt());
    }
    if (hasValue) {
      out.eight(Double.doubleToLongBits(row.value()));
    }
    out.signed(row.flags());
    out.signed(row.file());
    out.signed(row.line());
  }

  private static Incoming row(BytesIn in, long receivedAt) {
    EventType type = in.one(TYPES);
    int there = in.count();
    @Nullable String[] texts = new @Nullable String[10];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = (there & (1 << i)) == 0 ? null : in.text();
    }
    String messageId = in.text();
    long occurredAt = in.signed() + receivedAt;
    boolean together = (there & RECEIVED_WITH_THE_REST) != 0;
    long received = together ? receivedAt : in.signed();
    double value = (there & HAS_VALUE) == 0 ? Double.NaN : Double.longBitsToDouble(in.eight());
    int flags = (int) in.signed();
    int file = (int) in.signed();
    long line = in.signed();
    return new Incoming(
        type,
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        texts[4],
        texts[5],
        texts[6],
        occurredAt,
        received,
        messageId,
        value,
        flags,
        texts[7],
        texts[8],
        texts[9],
        file,
        line);
  }
}
