package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many callers of a journal at the same time.
class JournalThreadsTest {
  private static final Journal.Settings SETTINGS = new Journal.Settings(20_000, 1000, 1 << 30, 100);

  @TempDir private Path folder;

  /// Appends from many threads at once; what was acknowledged, by position.
  private static Map<Long, String> append(Journal journal, int threads, int each)
      throws InterruptedException {
    Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String name = i + ":";
      all.add(
          Thread.startVirtualThread(() -> {
            for (int j = 0; j < each; j++) {
              acknowledged.put(Journals.append(journal, name + j), name + j);
            }
          }));
    }
    for (Thread thread : all) {
      thread.join();
    }
    return new TreeMap<>(acknowledged);
  }

  private static Map<Long, String> read(Journal journal) {
    Map<Long, String> read = new TreeMap<>();
    try (Reader reader = journal.read(0)) {
      for (String text = Journals.next(reader); text != null; text = Journals.next(reader)) {
        read.put(reader.position(), text);
      }
    }
    return read;
  }

  private static void expectOrderOfEachThread(Iterable<String> texts, int threads, int each) {
    Map<String, Integer> next = new ConcurrentHashMap<>();
    for (String text : texts) {
      String[] parts = text.split(":", 2);
      assertThat(Integer.parseInt(parts[1])).isEqualTo(next.getOrDefault(parts[0], 0));
      next.merge(parts[0], 1, Integer::sum);
    }
    assertThat(next).hasSize(threads);
    assertThat(next.values()).containsOnly(each);
  }

  @Test
  void every_record_of_thousands_of_callers_is_there_once_in_the_order_of_its_caller()
      throws Exception {
    Map<Long, String> acknowledged;
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      acknowledged = append(journal, 2000, 10);
      assertThat(read(journal)).isEqualTo(acknowledged);
    }
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      assertThat(read(journal)).isEqualTo(acknowledged);
      expectOrderOfEachThread(acknowledged.values(), 2000, 10);
    }
  }

  @Test
  void callers_that_wait_at_the_same_time_share_a_force() throws Exception {
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      append(journal, 200, 20);
    }
    assertThat(groups()).isLessThan(4000 / 4);
  }

  @Test
  void a_caller_alone_does_not_wait_for_others() throws Exception {
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      append(journal, 1, 20);
    }
    assertThat(groups()).isEqualTo(20);
  }

  private int groups() throws IOException {
    Set<Long> groups = new HashSet<>();
    for (Path file : Journals.files(folder)) {
      Segment segment = Objects.requireNonNull(Segment.of(file));
      try (Cursor cursor = new Cursor(segment, segment.base())) {
        while (cursor.next(cursor.end()) != null) {
          groups.add(cursor.group());
        }
      }
    }
    return groups.size();
  }

  @Test
  void a_reader_that_follows_sees_everything_in_order_while_appends_and_releases_go_on()
      throws Exception {
    List<String> followed = Collections.synchronizedList(new ArrayList<>());
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      Thread follower =
          Thread.startVirtualThread(() -> {
            try (Reader reader = journal.read(0)) {
              while (followed.size() < 20_000 && reader.await(Duration.ofSeconds(30))) {
                followed.addAll(Journals.rest(reader));
                assertThat(reader.position()).isLessThanOrEqualTo(journal.last());
                journal.release(reader.position());
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Map<Long, String> acknowledged = append(journal, 40, 500);
      follower.join();
      assertThat(followed).containsExactlyElementsOf(acknowledged.values());
      assertThat(Journals.files(folder)).hasSizeLessThan(3);
    }
  }

  @Test
  void an_interrupted_caller_still_learns_its_position_and_stays_interrupted() throws Exception {
    List<Long> positions = Collections.synchronizedList(new ArrayList<>());
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      Thread caller =
          Thread.startVirtualThread(() -> {
            Thread.currentThread().interrupt();
            positions.add(Journals.append(journal, "kept"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            positions.add(0L);
          });
      caller.join();
      assertThat(positions).containsExactly(journal.last(), 0L);
      assertThat(journal.last()).isPositive();
      assertThat(Journals.read(journal)).containsExactly("kept");
    }
  }

  /// An interrupt closes the file under a write or a force: the nearest thing to a failing disk.
  @Test
  void when_the_disk_fails_the_callers_of_that_group_fail_and_nothing_else() throws Exception {
    Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      for (int i = 0; i < 8; i++) {
        String name = i + ":";
        callers.add(
            Thread.startVirtualThread(() -> {
              for (int j = 0; j < 400; j++) {
                try {
                  acknowledged.put(Journals.append(journal, name + j), name + j);
                } catch (JournalFailed e) {
                  failed.add(name + j);
                }
              }
            }));
      }
      Thread writer = writer();
      while (callers.stream().anyMatch(Thread::isAlive)) {
        writer.interrupt();
        callers.getFirst().join(Duration.ofMillis(2));
        for (Thread caller : callers) {
          caller.join(Duration.ofMillis(1));
        }
      }
      assertThat(failed).isNotEmpty();
      assertThat(acknowledged.size() + failed.size()).isEqualTo(8 * 400);
      assertThat(acknowledged.size()).isGreaterThan(8);
      acknowledged.put(lastOfTwo(journal), "after");
      assertThat(read(journal)).isEqualTo(new TreeMap<>(acknowledged));
    }
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      assertThat(journal.recovery().damage()).isEmpty();
      assertThat(read(journal)).isEqualTo(new TreeMap<>(acknowledged));
    }
  }

  /// The position of a record that is tried twice: the last interrupt may have come after all
  /// writes.
  private static long lastOfTwo(Journal journal) {
    try {
      return Journals.append(journal, "after");
    } catch (JournalFailed e) {
      return Journals.append(journal, "after");
    }
  }

  private static Thread writer() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("pulso-journal"))
        .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
  }

  @Test
  void closing_finishes_the_records_that_wait_and_refuses_the_rest() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    Journal journal = Journal.open(folder, SETTINGS);
    for (int i = 0; i < 500; i++) {
      String name = i + ":";
      callers.add(
          Thread.startVirtualThread(() -> {
            try {
              for (int j = 0; ; j++) {
                Journals.append(journal, name + j);
                acknowledged.add(name + j);
              }
            } catch (JournalFailed e) {
              refusals.add(String.valueOf(e.getMessage()));
            }
          }));
    }
    try (Reader reader = journal.read(0)) {
      assertThat(reader.await(Duration.ofSeconds(30))).isTrue();
    }
    journal.close();
    long last = journal.last();
    for (Thread caller : callers) {
      assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(journal.last()).isEqualTo(last);
    assertThat(refusals).hasSize(500).allMatch(refusal -> refusal.endsWith("is closed"));
    try (Journal again = Journal.open(folder, SETTINGS)) {
      assertThat(new HashSet<>(Journals.read(again))).isEqualTo(acknowledged);
    }
  }
}
