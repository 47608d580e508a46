package io.pulso.server.app;

import io.pulso.server.ingest.Census;
import io.pulso.server.ingest.Policy;
import io.pulso.server.ingest.SourceRules;
import io.pulso.server.store.SourceWords;
import io.pulso.server.store.Store;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What a server knows of its sources: their rules, which may change, and since it started the
/// words that they have used and who was seen before, which a large store reads on a thread of its
/// own.
final class Knowledge implements AutoCloseable {
  /// How many ids are read before the server listens.
  private static final long AT_ONCE = 200_000;

  private static final System.Logger LOG = System.getLogger(Knowledge.class.getName());

  private final Supplier<Map<String, SourceSettings>> settings;
  private volatile Policies policies;
  private final Census census;
  private final Thread reading;
  private volatile boolean closed;

  /// What follows from the settings of sources.
  private record Policies(Map<String, SourceSettings> from, Map<String, Policy> all) {
    static Policies of(Map<String, SourceSettings> from) {
      return new Policies(
          from,
          from.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, entry -> new Policy(entry.getValue().rules()))));
    }
  }

  Knowledge(Supplier<Map<String, SourceSettings>> settings, Store store) {
    this.settings = settings;
    this.policies = Policies.of(settings.get());
    SourceWords words = store.sourceWords();
    long people = words.people();
    this.census = new Census(people, System::nanoTime);
    for (SourceWords.Word word : words.all()) {
      if (word.isKey()) {
        census.key(word.source(), rules(word.source()), word.text());
      } else {
        census.name(word.source(), rules(word.source()), word.text());
      }
    }
    this.reading = Thread.ofPlatform().name("visitors").unstarted(() -> people(store));
    if (people <= AT_ONCE) {
      people(store);
    } else {
      reading.start();
    }
  }

  private SourceRules rules(String source) {
    SourceSettings said = settings.get().get(source);
    return said == null ? SourceRules.DEFAULT : said.rules();
  }

  Policy policy(String source) {
    Map<String, SourceSettings> now = settings.get();
    Policies known = policies;
    if (!known.from().equals(now)) {
      known = Policies.of(now);
      policies = known;
    }
    return known.all().getOrDefault(source, Policy.DEFAULT);
  }

  Census census() {
    return census;
  }

  private void people(Store store) {
    try (Store beside = store.beside()) {
      beside
          .sourceWords()
          .people(id -> {
            if (closed) {
              throw new CancellationException();
            }
            census.seen(id);
          });
    } catch (CancellationException e) {
      LOG.log(System.Logger.Level.DEBUG, "stopped while reading who was seen before");
    }
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (reading.isAlive()) {
      try {
        reading.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
