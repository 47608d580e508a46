package io.pulso.server.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Opens many files, then writes a large one, and says how far it came.
final class GreedyChild {
  static final int FILES = 1_000;
  static final long BYTES = 16L << 20;

  private GreedyChild() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    System.out.println("wrote " + write(folder.resolve("large")));
    System.out.println("opened " + open(folder.resolve("large")));
  }

  private static int open(Path file) throws IOException {
    List<InputStream> open = new ArrayList<>();
    try {
      while (open.size() < FILES) {
        open.add(Files.newInputStream(file));
      }
    } catch (IOException e) {
      return open.size();
    } finally {
      for (InputStream each : open) {
        each.close();
      }
    }
    return open.size();
  }

  private static long write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long size = 0; size < BYTES; size += 1 << 20) {
        out.write(new byte[1 << 20]);
      }
    } catch (IOException e) {
      return Files.size(file);
    }
    return Files.size(file);
  }
}
