package io.pulso.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Journals of texts in small segments.
final class Journals {
  /// Segments of a few records.
  static final Journal.Settings SMALL = new Journal.Settings(256, 100, 1 << 20, 1000);

  private Journals() {}

  static Journal open(Path folder) {
    return Journal.open(folder, SMALL);
  }

  static long append(Journal journal, String text) {
    return journal.append(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<Long> append(Journal journal, List<String> texts) {
    return texts.stream().map(text -> append(journal, text)).toList();
  }

  static List<String> texts(String name, int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> name + i).toList();
  }

  /// The next record as text, or null when there is none yet.
  static @Nullable String next(Reader reader) {
    byte[] record = reader.next();
    return record == null ? null : new String(record, StandardCharsets.UTF_8);
  }

  static List<String> read(Journal journal) {
    return read(journal, 0);
  }

  static List<String> read(Journal journal, long after) {
    try (Reader reader = journal.read(after)) {
      return rest(reader);
    }
  }

  static List<String> rest(Reader reader) {
    List<String> texts = new ArrayList<>();
    long last = reader.position();
    for (String text = next(reader); text != null; text = next(reader)) {
      assertThat(reader.position()).isGreaterThan(last);
      last = reader.position();
      texts.add(text);
    }
    return texts;
  }

  /// The segment files, oldest first.
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  /// The bytes of a first segment with these groups.
  static byte[] segment(List<List<String>> groups) {
    ByteBuffer bytes = ByteBuffer.allocate(10_000).put(Format.header(0, Format.VERSION));
    for (List<String> group : groups) {
      int start = bytes.position();
      for (String text : group) {
        int back = bytes.position() - start;
        long position = (long) bytes.position() - Format.HEADER;
        Format.put(bytes, position, back, text.getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] written = new byte[bytes.flip().remaining()];
    bytes.get(written);
    return written;
  }

  /// The folder, emptied and filled with a first segment.
  static Path with(Path folder, byte[] segment) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    return Files.write(Segment.in(folder, 0).file(), segment);
  }
}
