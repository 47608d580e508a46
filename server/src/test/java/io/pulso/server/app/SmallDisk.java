package io.pulso.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A file system of few megabytes, where the machine lets a test mount one.
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk of(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        ran("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()),
        "no full disk was tried: this user cannot mount a small file system");
    return new SmallDisk(folder);
  }

  private static boolean ran(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Takes all room there is.
  Path fill() throws IOException {
    Path ballast = folder.resolve("ballast");
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[1 << 12];
      while (folder.toFile().getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full.
      return ballast;
    }
    return ballast;
  }

  @Override
  public void close() {
    ran("umount", "-l", folder.toString());
  }
}
