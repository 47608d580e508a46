package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One caller of a journal: order, positions, segments, bounds.
class JournalTest {
  @TempDir private Path folder;

  @Test
  void records_come_back_in_order_with_their_positions() {
    try (Journal journal = Journals.open(folder)) {
      assertThat(journal.last()).isZero();
      List<Long> positions = Journals.append(journal, Journals.texts("r", 50));
      assertThat(positions).isSorted().doesNotHaveDuplicates().allMatch(p -> p > 0);
      assertThat(journal.last()).isEqualTo(positions.getLast());
      assertThat(Journals.read(journal)).isEqualTo(Journals.texts("r", 50));
      assertThat(Journals.read(journal, positions.get(29)))
          .isEqualTo(Journals.texts("r", 50).subList(30, 50));
      assertThat(Journals.read(journal, journal.last())).isEmpty();
    }
  }

  @Test
  void a_journal_goes_on_where_it_was_closed() {
    List<String> written = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < 20; i++) {
      try (Journal journal = Journals.open(folder)) {
        assertThat(journal.recovery()).isEqualTo(new Recovery(0, List.of(), 0));
        assertThat(journal.last()).isEqualTo(last);
        List<String> more = Journals.texts("round " + i + " ", i % 4);
        Journals.append(journal, more);
        written.addAll(more);
        last = journal.last();
        assertThat(Journals.read(journal)).isEqualTo(written);
      }
    }
  }

  @Test
  void records_of_one_byte_and_of_the_largest_size_are_kept_and_no_others() {
    String largest = "x".repeat(Journals.SMALL.largestRecord());
    try (Journal journal = Journals.open(folder)) {
      Journals.append(journal, List.of("x", largest, largest, largest, "y"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Journals.append(journal, largest + "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> journal.append(new byte[0]));
      assertThat(Journals.read(journal)).containsExactly("x", largest, largest, largest, "y");
    }
  }

  @Test
  void a_segment_has_its_size_from_its_beginning() throws IOException {
    try (Journal journal = Journals.open(folder)) {
      Journals.append(journal, Journals.texts("record ", 100));
    }
    assertThat(Journals.files(folder))
        .hasSizeGreaterThan(5)
        .allMatch(file -> file.toFile().length() == Journals.SMALL.segmentBytes());
  }

  @Test
  void released_segments_are_deleted_and_their_positions_never_come_back() throws IOException {
    long last;
    try (Journal journal = Journals.open(folder)) {
      Journals.append(journal, Journals.texts("old ", 100));
      last = journal.last();
      assertThat(journal.waitingBytes()).isEqualTo(last);
      journal.release(last);
      assertThat(journal.waitingBytes()).isZero();
      assertThat(Journals.files(folder)).hasSize(1);
    }
    try (Journal journal = Journal.open(folder, Journals.SMALL, last)) {
      assertThat(journal.last()).isEqualTo(last);
      assertThat(journal.waitingBytes()).isZero();
      assertThat(Journals.append(journal, "new")).isGreaterThan(last);
      assertThat(Journals.read(journal, last)).containsExactly("new");
    }
  }

  @Test
  void a_segment_with_a_record_that_is_not_released_stays() throws IOException {
    try (Journal journal = Journals.open(folder)) {
      List<Long> positions = Journals.append(journal, Journals.texts("r", 100));
      for (int i = 0; i < 99; i++) {
        journal.release(positions.get(i));
        assertThat(journal.first()).isLessThanOrEqualTo(positions.get(i));
        assertThat(Journals.read(journal, positions.get(i)))
            .isEqualTo(Journals.texts("r", 100).subList(i + 1, 100));
      }
      assertThat(journal.first()).isPositive();
      assertThatIllegalArgumentException().isThrownBy(() -> journal.release(journal.last() + 1));
    }
  }

  @Test
  void positions_go_on_after_what_was_loaded_when_the_folder_was_lost() throws IOException {
    try (Journal journal = Journal.open(folder, Journals.SMALL, 1_000_000)) {
      assertThat(journal.recovery().missing()).isEqualTo(1_000_000);
      assertThat(Journals.append(journal, "a")).isGreaterThan(1_000_000);
    }
    try (Journal journal = Journal.open(folder, Journals.SMALL, 5_000_000)) {
      assertThat(journal.recovery().missing()).isPositive();
      assertThat(Journals.files(folder)).hasSize(1);
      assertThat(Journals.append(journal, "b")).isGreaterThan(5_000_000);
      assertThat(Journals.read(journal, 5_000_000)).containsExactly("b");
    }
    try (Journal journal = Journal.open(folder, Journals.SMALL, 5_000_000)) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(0, List.of(), 0));
    }
  }

  @Test
  void a_journal_that_holds_all_it_may_refuses_until_something_is_released() {
    Journal.Settings settings = new Journal.Settings(256, 100, 512, 10);
    List<String> kept = new ArrayList<>();
    try (Journal journal = Journal.open(folder, settings);
        Reader reader = journal.read(0)) {
      for (int round = 0; round < 10; round++) {
        int before = kept.size();
        assertThatExceptionOfType(JournalFull.class)
            .isThrownBy(() -> {
              for (int i = 0; i < 1000; i++) {
                String text = "record " + kept.size();
                Journals.append(journal, text);
                kept.add(text);
              }
            })
            .withMessageContaining("512 bytes");
        assertThat(kept.size()).isGreaterThan(before);
        assertThat(journal.last() - journal.first()).isLessThanOrEqualTo(512);
        assertThat(Journals.rest(reader)).isEqualTo(kept.subList(before, kept.size()));
        journal.release(reader.position());
      }
    }
  }

  @Test
  void a_closed_journal_refuses_records() {
    Journal journal = Journals.open(folder);
    journal.close();
    journal.close();
    assertThatExceptionOfType(JournalFailed.class)
        .isThrownBy(() -> Journals.append(journal, "late"))
        .withMessageContaining("is closed");
    try (Journal again = Journals.open(folder)) {
      assertThat(Journals.read(again)).isEmpty();
    }
  }

  @Test
  void a_folder_is_held_once_in_a_process() {
    try (Journal journal = Journals.open(folder)) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> Journals.open(folder.resolve("../" + folder.getFileName())))
          .withMessageContaining(folder.getFileName().toString())
          .withMessageContaining("process " + ProcessHandle.current().pid());
      Journals.append(journal, "held");
    }
    Journals.open(folder).close();
  }

  @Test
  void a_new_folder_and_its_files_are_for_this_user_alone() throws IOException {
    Path made = folder.resolve("a/b");
    Journals.open(made).close();
    if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(Journals.files(made).getFirst())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_reader_refuses_positions_that_do_not_exist_yet() {
    try (Journal journal = Journals.open(folder)) {
      Journals.append(journal, "one");
      assertThatIllegalArgumentException().isThrownBy(() -> journal.read(journal.last() + 1));
    }
  }

  @Test
  void waiting_for_a_record_ends_with_the_record_the_time_or_the_journal() throws Exception {
    Journal journal = Journals.open(folder);
    try (Reader reader = journal.read(0)) {
      assertThat(reader.await(Duration.ofMillis(1))).isFalse();
      assertThat(await(reader, () -> Journals.append(journal, "one"))).isTrue();
      assertThat(Journals.rest(reader)).containsExactly("one");
      assertThat(await(reader, journal::close)).isFalse();
    }
  }

  /// What waiting says that has begun before something happens.
  private static boolean await(Reader reader, Runnable event) throws Exception {
    FutureTask<Boolean> waiting = new FutureTask<>(() -> reader.await(Duration.ofDays(1)));
    Thread thread = Thread.ofPlatform().daemon().start(waiting);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    event.run();
    return waiting.get(30, TimeUnit.SECONDS);
  }
}
