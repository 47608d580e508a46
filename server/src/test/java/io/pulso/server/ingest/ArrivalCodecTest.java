package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalCodecTest {
  private static final List<EventType> TYPES = List.copyOf(EnumSet.allOf(EventType.class));
  private static final List<RejectReason> REASONS = List.copyOf(EnumSet.allOf(RejectReason.class));
  private static final String[] PIECES = {
    "a", "é", "漢", "😀", "\ud800", "\udc00", "\0", "\"", "\uFFFD", "\uFEFF", " ", "x".repeat(200)
  };

  @Test
  void what_is_encoded_comes_back_whatever_the_texts_are() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Arrival arrival = arrival(random);
      assertThat(ArrivalCodec.decode(ArrivalCodec.encode(arrival))).isEqualTo(arrival);
    }
  }

  @Test
  void an_arrival_may_stand_inside_other_bytes() {
    Arrival arrival = arrival(new Random(1));
    byte[] bytes = ArrivalCodec.encode(arrival);
    byte[] around = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, around, 9, bytes.length);
    assertThat(ArrivalCodec.decode(around, 9, bytes.length)).isEqualTo(arrival);
  }

  @Test
  void broken_bytes_are_refused_and_never_read_as_more_than_they_are() {
    Random random = new Random(3);
    byte[] bytes = ArrivalCodec.encode(arrival(random));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ArrivalCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        ArrivalCodec.decode(changed);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("arrival");
      }
    }
  }

  @Test
  void a_later_version_is_refused_by_its_number() {
    byte[] bytes = ArrivalCodec.encode(arrival(new Random(1)));
    bytes[0] = 9;
    assertThatThrownBy(() -> ArrivalCodec.decode(bytes)).hasMessageContaining("version 9");
  }

  private static Arrival arrival(Random random) {
    long receivedAt = random.nextLong(2_000_000_000_000_000L);
    List<Incoming> rows = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      rows.add(row(random, receivedAt));
    }
    List<Rejected> rejects = new ArrayList<>();
    for (int n = random.nextInt(3) + (rows.isEmpty() ? 1 : 0); n > 0; n--) {
      RejectReason reason = REASONS.get(random.nextInt(REASONS.size()));
      rejects.add(new Rejected(text(random), number(random), reason, text(random), text(random)));
    }
    return new Arrival(text(random), random.nextBoolean(), receivedAt, rows, rejects);
  }

  private static Incoming row(Random random, long receivedAt) {
    long received =
        switch (random.nextInt(3)) {
          case 0 -> Incoming.ASSUMED;
          case 1 -> number(random);
          default -> receivedAt;
        };
    double[] values = {Double.NaN, 0, -0.0, 1e300, Double.MIN_VALUE, random.nextDouble()};
    return new Incoming(
        TYPES.get(random.nextInt(TYPES.size())),
        maybe(random),
        maybe(random),
        maybe(random),
        maybe(random),
        maybe(random),
        maybe(random),
        maybe(random),
        number(random),
        received,
        text(random),
        values[random.nextInt(values.length)],
        random.nextInt(4),
        maybe(random),
        maybe(random),
        maybe(random),
        random.nextInt(),
        number(random));
  }

  private static long number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextLong();
      default -> random.nextInt(1_000);
    };
  }

  private static @Nullable String maybe(Random random) {
    return random.nextBoolean() ? null : text(random);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(5); n > 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
