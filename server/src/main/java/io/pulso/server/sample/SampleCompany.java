package io.pulso.server.sample;

import io.pulso.engine.event.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/// A generated company that sells software to other companies, with real causes behind its numbers.
/// The same seed, size and period give the same bytes on every machine.
///
/// It is made in parts that do not need each other: a hundred customers at a time, and one part for
/// what the company itself reports. So it streams, in as much memory as a few parts take.
public final class SampleCompany {
  public static final String NAME = "Sample Company (generated)";
  public static final int USUAL_CUSTOMERS = 5000;
  public static final int USUAL_DAYS = 365;
  public static final int LEAST_DAYS = 28;

  private final long seed;
  private final int customers;
  private final Timetable time;
  private final Cast cast;

  /// @param end the last day, in UTC; nothing happens or arrives after it
  public SampleCompany(long seed, int customers, LocalDate end, int days) {
    if (customers < 1) {
      throw new IllegalArgumentException("a sample company needs at least 1 customer");
    }
    if (days < LEAST_DAYS) {
      throw new IllegalArgumentException("a sample company needs at least 28 days");
    }
    this.seed = seed;
    this.customers = customers;
    this.time = new Timetable(end, days);
    this.cast = new Cast(time, customers);
  }

  /// How many parts there are, numbered from 0.
  public int parts() {
    return 1 + (customers + Part.CUSTOMERS - 1) / Part.CUSTOMERS;
  }

  /// Writes everything, part after part. Inside a part the records of one account follow each
  /// other; they are not in the order of time.
  public CompanyFacts write(Consumer<Event> sink) {
    CompanyFacts facts = CompanyFacts.NONE;
    for (int part = 0; part < parts(); part++) {
      facts = facts.plus(write(part, sink));
    }
    return facts;
  }

  /// Writes one part; parts may be written by several threads at once.
  public CompanyFacts write(int part, Consumer<Event> sink) {
    return draw(part, draft -> sink.accept(EventRows.event(draft)));
  }

  /// Writes Segment payloads, JSON lines, one file a month (`events-2026-03.jsonl`), with all
  /// processors at work.
  public CompanyFacts writeFiles(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<OutputStream> months = new ArrayList<>();
    try {
      for (String month : monthNames()) {
        months.add(Files.newOutputStream(folder.resolve("events-" + month + ".jsonl")));
      }
      return copy(months);
    } finally {
      for (OutputStream month : months) {
        month.close();
      }
    }
  }

  private CompanyFacts copy(List<OutputStream> months) throws IOException {
    CompanyFacts facts = CompanyFacts.NONE;
    int threads = Runtime.getRuntime().availableProcessors();
    Iterator<Lines> parts =
        IntStream.range(0, parts())
            .boxed()
            .gather(Gatherers.mapConcurrent(threads, this::lines))
            .iterator();
    while (parts.hasNext()) {
      Lines lines = parts.next();
      facts = facts.plus(lines.facts);
      for (int i = 0; i < months.size(); i++) {
        months.get(i).write(lines.months.get(i));
      }
    }
    return facts;
  }

  private Lines lines(int part) {
    JsonLines json = new JsonLines(time);
    CompanyFacts facts = draw(part, json::write);
    List<byte[]> months = json.bytes();
    long bytes = 0;
    for (byte[] month : months) {
      bytes += month.length;
    }
    return new Lines(facts.plus(new CompanyFacts(0, 0, 0, 0, 0, 0, bytes)), months);
  }

  private CompanyFacts draw(int part, Consumer<Draft> sink) {
    if (part == 0) {
      return new Feed(time, seed, customers, sink).write();
    }
    int first = 1 + (part - 1) * Part.CUSTOMERS;
    int size = Math.min(Part.CUSTOMERS, customers - first + 1);
    return new Part(time, cast, seed, first, size, sink).write();
  }

  private List<String> monthNames() {
    return IntStream.range(0, time.days).mapToObj(time::month).distinct().toList();
  }

  private record Lines(CompanyFacts facts, List<byte[]> months) {}
}
