package io.pulso.server.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file of the journal: the records that follow a base position, which is its name.
record Segment(Path file, long base) {
  private static final Pattern NAME = Pattern.compile("(\\d{19})\\.journal");

  static Segment in(Path folder, long base) {
    return new Segment(folder.resolve("%019d.journal".formatted(base)), base);
  }

  /// The segment that a file is, or null for any other file.
  static @Nullable Segment of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? new Segment(file, Long.parseLong(name.group(1))) : null;
  }

  /// Makes the file, empty but for its header and zeros, safe on disk with its name.
  FileChannel make(Path folder, Spare spare, long bytes) throws IOException {
    Files.deleteIfExists(file);
    boolean filled = spare.become(file);
    FileChannel made =
        FileChannel.open(file, Set.of(CREATE, READ, WRITE), Access.attributes(file, "rw-------"));
    try {
      write(made, Format.header(base, Format.VERSION), 0);
      made.force(true);
      if (!filled) {
        Spare.fill(made, Format.HEADER, bytes);
      }
      Access.forceFolder(folder);
      return made;
    } catch (IOException e) {
      made.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  FileChannel open() throws IOException {
    return FileChannel.open(file, READ, WRITE);
  }

  /// Where in the file a position is.
  long offset(long position) {
    return position - base + Format.HEADER;
  }

  /// The position that the last byte of a file of this size has.
  long end(long size) {
    return base + Math.max(0, size - Format.HEADER);
  }

  static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
