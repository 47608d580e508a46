package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulso.server.event.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What kills, other processes and full disks do to a journal.
class JournalProcessesTest {
  static final Journal.Settings SETTINGS = new Journal.Settings(16_000, 2000, 1 << 30, 100);

  @TempDir private Path folder;

  private static Process start(Path folder, String name) throws IOException {
    return new ProcessBuilder(command(folder, name))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The command line of a [JournalChild].
  static List<String> command(Path folder, String name) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        JournalChild.class.getName(),
        folder.toString(),
        name);
  }

  @Test
  void every_acknowledged_record_is_there_once_and_in_order_after_each_of_20_kills()
      throws Exception {
    killOften(20);
  }

  @Test
  @Tag("long")
  void every_acknowledged_record_is_there_once_and_in_order_after_each_of_300_kills()
      throws Exception {
    killOften(300);
  }

  private void killOften(int rounds) throws Exception {
    Random random = new Random(rounds);
    long loaded = 0;
    for (int round = 0; round < rounds; round++) {
      Map<Long, String> acknowledged = killed("r" + round, random.nextInt(1, 1500));
      try (Journal journal = Journal.open(folder, SETTINGS, loaded)) {
        assertThat(journal.recovery().damage()).isEmpty();
        assertThat(journal.recovery().missing()).isZero();
        Map<Long, String> read = new TreeMap<>();
        try (Reader reader = journal.read(loaded)) {
          for (String text = Journals.next(reader); text != null; text = Journals.next(reader)) {
            read.put(reader.position(), text);
          }
        }
        assertThat(read).containsAllEntriesOf(acknowledged);
        expectOnceAndInOrder(read, "r" + round);
        assertThat(read.size() - acknowledged.size()).isBetween(0, JournalChild.THREADS);
        loaded = journal.last();
        journal.release(loaded);
      }
    }
  }

  /// What a child had acknowledged, by position, when it was killed after so many records.
  private Map<Long, String> killed(String name, int records) throws Exception {
    Process child = start(folder, name);
    Map<Long, String> acknowledged = new TreeMap<>();
    try (BufferedReader lines = child.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        assertThat(acknowledged.put(Long.parseLong(words[0]), words[1])).isNull();
        if (acknowledged.size() == records) {
          child
              .toHandle()
              .destroyForcibly(); // unlike the process itself, this leaves the pipe open
        }
      }
    }
    child.waitFor();
    return acknowledged;
  }

  /// The records of each thread of this child, from its first one without gaps, and no others.
  private static void expectOnceAndInOrder(Map<Long, String> read, String name) {
    Map<String, Integer> next = new HashMap<>();
    for (String text : read.values()) {
      String[] parts = text.split(":", 3);
      assertThat(parts[0]).isEqualTo(name);
      int expected = next.merge(parts[1], 1, Integer::sum) - 1;
      assertThat(Integer.parseInt(parts[2])).isEqualTo(expected);
    }
  }

  @Test
  void a_second_process_is_refused_with_the_folder_and_the_first_one() throws Exception {
    Process first = start(folder, "first");
    try (BufferedReader lines = first.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> Journal.open(folder, SETTINGS))
          .withMessageContaining(folder.toString())
          .withMessageContaining("process " + first.pid());
    } finally {
      first.destroyForcibly().waitFor();
    }
    try (Journal journal = Journal.open(folder, SETTINGS)) {
      // An opening that is refused here must not end the lock that others see.
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> Journal.open(folder, SETTINGS));
      Process second = start(folder, "second");
      try (BufferedReader lines = second.inputReader()) {
        assertThat(lines.readLine())
            .startsWith("refused")
            .contains(folder.toString(), "process " + ProcessHandle.current().pid());
      } finally {
        second.destroyForcibly().waitFor();
      }
      assertThat(journal.last()).isNotNegative();
    }
  }

  @Test
  void a_full_disk_fails_its_callers_alone_and_a_freed_one_takes_records_again() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        call("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk.toString()),
        "no small disk can be mounted here");
    try {
      Map<Long, String> acknowledged = new ConcurrentHashMap<>();
      Path inside = disk.resolve("journal");
      for (int round = 0; round < 5; round++) {
        try (Journal journal = Journal.open(inside, SETTINGS)) {
          expectAll(journal, acknowledged);
          for (int i = 0; i < 2; i++) {
            release(journal, acknowledged);
            int before = acknowledged.size();
            fill(journal, acknowledged);
            assertThat(acknowledged.size()).isGreaterThan(before);
            expectAll(journal, acknowledged);
          }
        }
      }
      try (Journal journal = Journal.open(inside, SETTINGS)) {
        expectAll(journal, acknowledged);
      }
    } finally {
      call("umount", disk.toString());
    }
  }

  /// Appends from many threads until each of them finds the disk full.
  private static void fill(Journal journal, Map<Long, String> acknowledged)
      throws InterruptedException {
    AtomicInteger full = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String text = (i + " ").repeat(300 + 10 * i);
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              while (true) {
                acknowledged.put(Journals.append(journal, text), text);
              }
            } catch (JournalFull e) {
              full.incrementAndGet();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(full).hasValue(16);
  }

  private static void expectAll(Journal journal, Map<Long, String> acknowledged) {
    assertThat(Journals.read(journal))
        .containsExactlyElementsOf(new TreeMap<>(acknowledged).values());
  }

  /// Releases half, and forgets what is gone with its segment.
  private static void release(Journal journal, Map<Long, String> acknowledged) {
    List<Long> positions = new ArrayList<>(new TreeMap<>(acknowledged).keySet());
    if (positions.isEmpty()) {
      return;
    }
    journal.release(positions.get(positions.size() / 2));
    acknowledged.keySet().removeIf(position -> position <= journal.first());
  }

  private static boolean call(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
