package io.pulso.server.journal;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that appends to a journal until it is killed, and writes what was acknowledged.
final class JournalChild {
  static final int THREADS = 8;

  private JournalChild() {}

  /// `FOLDER NAME`
  public static void main(String[] args) throws InterruptedException {
    try (Journal journal = Journal.open(Path.of(args[0]), JournalProcessesTest.SETTINGS)) {
      say("open");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String name = args[1] + ":" + i + ":";
        threads.add(Thread.startVirtualThread(() -> append(journal, name)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InputException e) {
      say("refused " + e.getMessage());
    }
  }

  private static void append(Journal journal, String name) {
    for (int i = 0; ; i++) {
      long position = Journals.append(journal, name + i);
      say(position + " " + name + i);
    }
  }

  /// One write for each line: a kill leaves whole lines.
  private static void say(String line) {
    try {
      synchronized (JournalChild.class) {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
