package io.pulso.server.journal;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The hold on a folder: a locked file that says which process has it.
final class FolderLock implements AutoCloseable {
  /// Those of this process. The lock file must not be opened twice here, since closing the second
  /// would end the lock of the first.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /// Locked is a byte behind all text, so that others can read the text where locks are mandatory.
  private static final long LOCKED = 1 << 10;

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw refusal(folder, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              real.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              Access.attributes(real, "rw-------"));
      if (channel.tryLock(LOCKED, 1, false) == null) {
        throw refusal(folder, read(channel));
      }
      channel.truncate(0);
      String holder = Long.toString(ProcessHandle.current().pid());
      Segment.write(channel, ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return new FolderLock(real, channel);
    } catch (IOException | InputException e) {
      if (channel != null) {
        channel.close();
      }
      HELD.remove(real);
      throw e;
    }
  }

  private static InputException refusal(Path folder, String holder) {
    return new InputException(
        "the journal %s is in use by process %s: one process at a time can hold it"
            .formatted(folder, holder.isEmpty() ? "?" : holder));
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return StandardCharsets.UTF_8.decode(text.flip()).toString();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(folder);
    }
  }
}
