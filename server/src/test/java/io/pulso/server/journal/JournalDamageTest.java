package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a journal whose files are not what was written.
class JournalDamageTest {
  private static final List<List<String>> GROUPS =
      List.of(
          List.of("first", "second"), List.of("third"), List.of("fourth", "fifth", "the sixth"));
  private static final List<String> ALL = GROUPS.stream().flatMap(List::stream).toList();
  private static final int BEFORE_LAST_GROUP = 3;

  @TempDir private Path folder;

  /// Where in the file each record of [#ALL] ends; the header's end stands before them.
  private static List<Integer> ends() {
    List<Integer> ends = new ArrayList<>(List.of(Format.HEADER));
    for (String text : ALL) {
      ends.add(ends.getLast() + Format.PREFIX + text.length());
    }
    return ends;
  }

  /// How many records end at or before a byte.
  private static int whole(int bytes) {
    return Math.max(0, (int) ends().stream().filter(end -> end <= bytes).count() - 1);
  }

  private static byte[] flipped(byte[] bytes, int at, int bit) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) (1 << bit);
    return flipped;
  }

  /// Opens it, finds these records, adds one, and finds all of them in another opening.
  private void expectAndGoOn(List<String> texts, String what) {
    try (Journal journal = Journals.open(folder)) {
      assertThat(Journals.read(journal)).as(what).isEqualTo(texts);
      Journals.append(journal, "more");
    }
    List<String> more = new ArrayList<>(texts);
    more.add("more");
    try (Journal journal = Journals.open(folder)) {
      assertThat(journal.recovery()).as(what).isEqualTo(new Recovery(0, List.of(), 0));
      assertThat(Journals.read(journal)).as(what).isEqualTo(more);
    }
  }

  @Test
  void a_file_that_ends_anywhere_keeps_the_records_before_that_and_nothing_else()
      throws IOException {
    byte[] whole = Journals.segment(GROUPS);
    for (int size = 0; size <= whole.length; size++) {
      Journals.with(folder, Arrays.copyOf(whole, size));
      expectAndGoOn(ALL.subList(0, whole(size)), "cut to " + size);
    }
  }

  @Test
  void a_file_that_ends_in_zeros_from_anywhere_keeps_the_records_before_that() throws IOException {
    byte[] whole = Journals.segment(GROUPS);
    for (int size = ends().get(BEFORE_LAST_GROUP); size < whole.length; size++) {
      Journals.with(folder, Arrays.copyOf(Arrays.copyOf(whole, size), whole.length + 100));
      expectAndGoOn(ALL.subList(0, whole(size)), "zeros from " + size);
    }
  }

  @Test
  void a_flipped_bit_in_the_last_group_cuts_it_there() throws IOException {
    byte[] whole = Journals.segment(GROUPS);
    for (int at = ends().get(BEFORE_LAST_GROUP); at < whole.length; at++) {
      for (int bit : new int[] {0, at % 8, 7}) {
        Journals.with(folder, flipped(whole, at, bit));
        try (Journal journal = Journals.open(folder)) {
          int left = whole(at);
          assertThat(Journals.read(journal)).isEqualTo(ALL.subList(0, left));
          assertThat(journal.recovery())
              .isEqualTo(new Recovery(whole.length - ends().get(left), List.of(), 0));
        }
      }
      expectAndGoOn(ALL.subList(0, whole(at)), "flipped at " + at);
    }
  }

  @Test
  void a_flipped_bit_before_the_last_group_is_damage_and_cuts_nothing() throws IOException {
    byte[] whole = Journals.segment(GROUPS);
    for (int at = Format.HEADER; at < ends().get(BEFORE_LAST_GROUP); at++) {
      Path file = Journals.with(folder, flipped(whole, at, at % 8));
      int bad = whole(at);
      try (Journal journal = Journals.open(folder)) {
        Damage damage = damage(file, ends().get(bad), ends().get(bad + 1));
        assertThat(journal.recovery()).isEqualTo(new Recovery(0, List.of(damage), 0));
        expectDamage(journal, bad, damage);
        Journals.append(journal, "more");
        expectSkipped(journal, bad, "more", damage);
      }
    }
  }

  @Test
  void zeros_before_a_later_group_are_damage_however_many_they_are() throws IOException {
    byte[] whole = Journals.segment(GROUPS);
    int from = ends().get(2);
    int to = ends().get(3);
    for (int zeros = 1; zeros <= to - from; zeros++) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, to - zeros, to, (byte) 0);
      Path file = Journals.with(folder, damaged);
      try (Journal journal = Journals.open(folder)) {
        Journals.append(journal, "more");
        expectSkipped(journal, 2, "more", damage(file, from, to));
      }
    }
  }

  private static Damage damage(Path file, int from, int to) {
    return new Damage(file, from, to - from, from - Format.HEADER);
  }

  /// Reading finds the records before the damage, then says it, twice.
  private static void expectDamage(Journal journal, int before, Damage damage) {
    try (Reader reader = journal.read(0)) {
      for (int i = 0; i < before; i++) {
        assertThat(Journals.next(reader)).isEqualTo(ALL.get(i));
      }
      ThrowingCallable next = reader::next;
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(JournalDamaged.class)
            .isThrownBy(next)
            .withMessageContaining(damage.file() + " is damaged at byte " + damage.offset())
            .extracting(JournalDamaged::damage)
            .isEqualTo(damage);
      }
    }
  }

  private static void expectSkipped(Journal journal, int bad, String more, Damage damage) {
    List<String> left = new ArrayList<>(ALL);
    left.remove(bad);
    left.add(more);
    List<Damage> lost = new ArrayList<>();
    try (Reader reader = journal.readSkippingDamage(0, lost::add)) {
      assertThat(Journals.rest(reader)).isEqualTo(left);
      assertThat(lost).containsExactly(damage);
      assertThat(reader.position()).isEqualTo(journal.last());
    }
  }

  /// Three segments; the records of the first, and where it ends.
  private List<String> three() {
    List<String> texts = Journals.texts("record ", 28);
    try (Journal journal = Journals.open(folder)) {
      Journals.append(journal, texts);
    }
    return texts;
  }

  private static long base(Path file) {
    return Objects.requireNonNull(Segment.of(file)).base();
  }

  /// Where the records of a segment end.
  private static int end(List<Path> files, int segment) {
    return (int) (base(files.get(segment + 1)) - base(files.get(segment))) + Format.HEADER;
  }

  @Test
  void a_flipped_bit_in_an_older_segment_is_damage_that_names_file_and_place() throws IOException {
    List<String> texts = three();
    List<Path> files = Journals.files(folder);
    assertThat(files).hasSize(3);
    Path file = files.get(1);
    byte[] whole = Files.readAllBytes(file);
    for (int at = Format.HEADER; at < end(files, 1); at++) {
      Files.write(file, flipped(whole, at, at % 8));
      try (Journal journal = Journals.open(folder)) {
        List<Damage> lost = new ArrayList<>();
        try (Reader reader = journal.readSkippingDamage(0, lost::add)) {
          List<String> read = Journals.rest(reader);
          assertThat(lost).hasSize(1);
          assertThat(lost.getFirst().file()).isEqualTo(file);
          assertThat(lost.getFirst().offset()).isLessThanOrEqualTo(at);
          assertThat(lost.getFirst().offset() + lost.getFirst().bytes()).isGreaterThan(at);
          assertThat(read).hasSize(texts.size() - 1).isSubsetOf(texts).doesNotHaveDuplicates();
        }
        assertThatExceptionOfType(JournalDamaged.class)
            .isThrownBy(() -> Journals.read(journal))
            .extracting(JournalDamaged::damage)
            .isEqualTo(lost.getFirst());
      }
    }
  }

  @Test
  void a_damaged_header_is_said_and_its_records_can_be_read_behind_it() throws IOException {
    List<String> texts = three();
    for (Path file : Journals.files(folder)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < Format.HEADER; at++) {
        Files.write(file, flipped(whole, at, at % 8));
        try (Journal journal = Journals.open(folder)) {
          Damage header = new Damage(file, 0, Format.HEADER, base(file));
          assertThat(journal.recovery().damage()).containsExactly(header);
          assertThatExceptionOfType(JournalDamaged.class)
              .isThrownBy(() -> Journals.read(journal))
              .withMessageContaining(header.toString());
          List<Damage> lost = new ArrayList<>();
          try (Reader reader = journal.readSkippingDamage(0, lost::add)) {
            assertThat(Journals.rest(reader)).isEqualTo(texts);
            assertThat(lost).containsExactly(header);
          }
        }
      }
      Files.write(file, whole);
    }
  }

  @Test
  void a_segment_that_is_missing_or_short_is_damage() throws IOException {
    List<String> texts = three();
    List<Path> files = Journals.files(folder);
    Path file = files.get(1);
    byte[] whole = Files.readAllBytes(file);
    for (int size : new int[] {-1, 0, 10, Format.HEADER, 100, end(files, 1) - 1}) {
      if (size < 0) {
        Files.delete(file);
      } else {
        Files.write(file, Arrays.copyOf(whole, size));
      }
      try (Journal journal = Journals.open(folder)) {
        assertThat(journal.recovery().damage()).isNotEmpty();
        assertThatExceptionOfType(JournalDamaged.class).isThrownBy(() -> Journals.read(journal));
        try (Reader reader = journal.readSkippingDamage(0, damage -> {})) {
          List<String> left = Journals.rest(reader);
          assertThat(left).isSubsetOf(texts).endsWith("record 27").contains("record 0");
          assertThat(left).hasSizeLessThan(texts.size());
        }
      }
    }
  }

  @Test
  void what_an_older_segment_has_behind_the_begin_of_the_next_is_not_read() throws IOException {
    List<String> texts = three();
    Path file = Journals.files(folder).getFirst();
    int end = end(Journals.files(folder), 0);
    ByteBuffer longer = ByteBuffer.allocate(end + 50).put(Files.readAllBytes(file), 0, end);
    Format.put(
        longer, end - Format.HEADER, 0, "never acknowledged".getBytes(StandardCharsets.UTF_8));
    Files.write(file, longer.array());
    try (Journal journal = Journals.open(folder)) {
      assertThat(journal.recovery().damage()).isEmpty();
      assertThat(Journals.read(journal)).isEqualTo(texts);
    }
  }

  @Test
  void the_same_bytes_at_another_place_are_no_record() throws IOException {
    byte[] whole = Journals.segment(List.of(List.of("alpha"), List.of("gamma")));
    int record = Format.PREFIX + 5;
    System.arraycopy(whole, Format.HEADER, whole, Format.HEADER + record, record);
    Journals.with(folder, whole);
    expectAndGoOn(List.of("alpha"), "the first record twice");
  }

  @Test
  void a_folder_of_a_newer_version_is_left_alone() throws IOException {
    byte[] newer = Journals.segment(GROUPS);
    Format.header(0, Format.VERSION + 1).get(newer, 0, Format.HEADER);
    Path file = Journals.with(folder, newer);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Journals.open(folder))
        .withMessageContaining("newer");
    assertThat(file).hasBinaryContent(newer);
  }
}
