package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import com.rudderstack.sdk.java.analytics.RudderAnalytics;
import com.segment.analytics.Analytics;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Unchanged clients, of which only the address is set.
class ClientsTest {
  private static final int MANY = 500;
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors(InstantSource.system());
  }

  @AfterEach
  void close() {
    doors.close();
  }

  private void everyEventOnce() {
    assertThat(doors.rejects()).isEmpty();
    List<String> names =
        doors.rows().stream()
            .map(Incoming::event)
            .filter(name -> name != null && name.startsWith("E "))
            .sorted()
            .toList();
    assertThat(names).isEqualTo(IntStream.range(0, MANY).mapToObj(i -> "E " + i).sorted().toList());
    assertThat(doors.rows().stream().map(Incoming::messageId).distinct())
        .hasSize(doors.rows().size());
    long now = doors.arrivals.getFirst().receivedAt();
    assertThat(doors.rows()).allMatch(row -> Math.abs(row.occurredAt() - now) < 60_000_000);
  }

  private List<EventType> others() {
    return doors.rows().stream()
        .filter(row -> row.type() != EventType.TRACK)
        .map(Incoming::type)
        .sorted()
        .toList();
  }

  @Test
  void segments_java_client_is_understood() throws InterruptedException {
    Analytics analytics =
        Analytics.builder("secret").endpoint(doors.address()).flushQueueSize(50).build();
    for (int i = 0; i < MANY; i++) {
      analytics.enqueue(
          TrackMessage.builder("E " + i).userId("ann").properties(Map.of("value", i)));
    }
    analytics.enqueue(IdentifyMessage.builder().userId("ann").traits(Map.of("plan", "pro")));
    analytics.enqueue(GroupMessage.builder("acme").userId("ann").traits(Map.of("seats", 5)));
    analytics.enqueue(AliasMessage.builder("old").userId("ann"));
    analytics.enqueue(PageMessage.builder("Home").anonymousId("anon"));
    analytics.enqueue(ScreenMessage.builder("Start").userId("ann"));
    analytics.flush();
    doors.await(MANY + 5);
    analytics.shutdown();
    everyEventOnce();
    assertThat(others())
        .containsExactly(
            EventType.PAGE, EventType.SCREEN, EventType.IDENTIFY, EventType.GROUP, EventType.ALIAS);
    assertThat(doors.rows().stream().mapToDouble(r -> r.value()).filter(v -> v >= 0).sum())
        .isEqualTo(MANY * (MANY - 1) / 2.0);
  }

  @Test
  void rudderstacks_java_client_is_understood_packed_and_plain() throws InterruptedException {
    for (boolean packed : new boolean[] {true, false}) {
      doors.clear();
      RudderAnalytics analytics =
          RudderAnalytics.builder("secret")
              .setDataPlaneUrl(doors.address())
              .setGZIP(packed)
              .flushQueueSize(50)
              .build();
      for (int i = 0; i < MANY; i++) {
        analytics.enqueue(
            com.rudderstack.sdk.java.analytics.messages.TrackMessage.builder("E " + i)
                .userId("ann"));
      }
      analytics.enqueue(
          com.rudderstack.sdk.java.analytics.messages.IdentifyMessage.builder()
              .userId("ann")
              .traits(Map.of("plan", "pro")));
      analytics.flush();
      doors.await(MANY + 1);
      analytics.shutdown();
      everyEventOnce();
      assertThat(others()).containsExactly(EventType.IDENTIFY);
    }
  }

  @Test
  void posthogs_java_client_is_understood() throws InterruptedException {
    PostHogInterface client =
        PostHog.with(
            PostHogConfig.builder("secret")
                .host(doors.address())
                .flushAt(50)
                .flushIntervalSeconds(1)
                .build());
    for (int i = 0; i < MANY; i++) {
      client.capture("ann", "E " + i);
    }
    client.identify("ann", Map.of("plan", "pro"));
    client.alias("ann", "old");
    client.group("ann", "company", "acme", Map.of("seats", 5));
    client.flush();
    doors.await(MANY + 3);
    client.close();
    everyEventOnce();
    assertThat(others()).containsExactly(EventType.IDENTIFY, EventType.GROUP, EventType.ALIAS);
    assertThat(doors.rows())
        .filteredOn(row -> row.type() == EventType.TRACK)
        .allMatch(row -> "ann".equals(row.userId()));
  }
}
