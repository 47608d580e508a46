package io.pulso.server.people;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Micros;
import io.pulso.server.access.Secret;
import io.pulso.server.access.Tokens;
import io.pulso.server.event.InputException;
import io.pulso.server.store.AuditRows;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What people and programs did: who, from where, what, before and after. Each entry is chained to
/// the one before it, so that none can be changed or taken out unseen. Entries are written behind
/// the back of those who make them, in order.
public final class Audit implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Audit.class.getName());
  private static final int BATCH = 500;
  private static final int TRIES = 60;
  private static final long BETWEEN_NANOS = 500_000_000;
  private static final long STOP_SECONDS = 30;
  private static final int LONGEST = 2_000;

  private final Store store;
  private final Clock clock;
  private final LinkedBlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("audit").daemon().factory());

  /// Who did it, and from where.
  ///
  /// @param name `person` and an id, `token` and an id, or `command line`
  public record Actor(String name, String address) {
    public static Actor of(Person person, String address) {
      return new Actor("person " + person.id(), address);
    }

    public static Actor of(Tokens.Token token, String address) {
      return new Actor("token " + token.id(), address);
    }

    /// Who uses the command line of this machine.
    public static Actor machine() {
      return new Actor("command line", "");
    }
  }

  /// Of whom an entry speaks.
  ///
  /// @param id of the customer or account
  public record About(Model.Subject kind, String id) {
    String word() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  private record Entry(
      Instant at,
      Actor actor,
      AuditAction action,
      @Nullable About about,
      Map<String, String> what) {}

  /// One entry as it is told.
  ///
  /// @param what of whom and what it speaks; empty where that was erased
  public record Told(
      long no,
      Instant at,
      String actor,
      String address,
      String action,
      Map<String, String> what,
      boolean erased) {}

  /// What a check of the chain found.
  ///
  /// @param entries that hold
  /// @param erased those of which the words were erased with a customer
  /// @param broken the number of the first entry that does not hold; null where all do
  /// @param head the hash of the last entry that holds: whoever wrote down an earlier one sees that
  ///   nothing before it was taken out
  public record Checked(long entries, long erased, @Nullable Long broken, String head) {}

  public Audit(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Adds an entry that speaks of no customer.
  ///
  /// @param what such as `of`, `before` and `after`
  public void add(Actor actor, AuditAction action, Map<String, String> what) {
    add(actor, action, null, what);
  }

  /// Adds an entry.
  ///
  /// @param about of whom it speaks: with them go its words when they are erased; a filter or a
  ///   text that names anybody else has no place in it
  public void add(
      Actor actor, AuditAction action, @Nullable About about, Map<String, String> what) {
    waiting.add(new Entry(clock.instant(), actor, action, about, what));
    var written = CompletableFuture.runAsync(this::write, writer);
    assert !written.isCancelled();
  }

  /// Waits until all that was added is written.
  public void settle() {
    CompletableFuture.runAsync(this::write, writer).join();
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    while (waiting.drainTo(batch, BATCH) > 0) {
      write(batch);
      batch.clear();
    }
  }

  private void write(List<Entry> batch) {
    for (int tries = 1; ; tries++) {
      try {
        append(batch);
        return;
      } catch (StoreException | InputException e) {
        if (tries == TRIES) {
          LOG.log(
              System.Logger.Level.ERROR,
              "{0} entries of the audit log could not be written: {1}",
              batch.size(),
              e.getMessage());
          return;
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }

  private void append(List<Entry> batch) {
    AuditRows rows = store.access().audit();
    AuditRows.Row last = rows.last();
    List<AuditRows.Added> added = new ArrayList<>();
    long no = last == null ? 0 : last.no();
    String before = last == null ? "" : last.hash();
    for (Entry entry : batch) {
      AuditRows.Row row = row(++no, entry, before);
      About about = entry.about();
      added.add(
          new AuditRows.Added(row, about == null ? null : rows.about(about.kind(), about.id())));
      before = row.hash();
    }
    rows.add(added);
  }

  private static AuditRows.Row row(long no, Entry entry, String before) {
    Map<String, Json> fields = new LinkedHashMap<>();
    About about = entry.about();
    if (about != null) {
      fields.put(about.word(), text(about.id()));
    }
    new TreeMap<>(entry.what()).forEach((key, value) -> fields.put(key, text(value)));
    String secret = JsonText.write(new Json.Obj(fields));
    String salt = Secret.random("").value();
    AuditRows.Row open =
        new AuditRows.Row(
            no,
            Micros.of(entry.at()),
            entry.actor().name(),
            entry.actor().address(),
            entry.action().word(),
            secret,
            salt,
            digest(salt, secret),
            "");
    return new AuditRows.Row(
        no,
        open.at(),
        open.actor(),
        open.address(),
        open.action(),
        secret,
        salt,
        open.digest(),
        hash(before, open));
  }

  private static Json text(String value) {
    String clean = JsonText.clean(value);
    return new Json.Str(clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean);
  }

  private static String digest(String salt, String secret) {
    return new Secret(salt + "\n" + secret).hash();
  }

  private static String hash(String before, AuditRows.Row row) {
    return new Secret(
            JsonText.write(
                new Json.Arr(
                    List.of(
                        new Json.Str(before),
                        new Json.Str(String.valueOf(row.no())),
                        new Json.Str(String.valueOf(row.at())),
                        new Json.Str(row.actor()),
                        new Json.Str(row.address()),
                        new Json.Str(row.action()),
                        new Json.Str(row.digest())))))
        .hash();
  }

  /// Entries, the newest first.
  ///
  /// @param actor null for all
  /// @param action null for all
  /// @param before a number; those with smaller ones follow
  public List<Told> list(
      @Nullable String actor, @Nullable AuditAction action, long before, int limit) {
    settle();
    return store
        .access()
        .audit()
        .page(actor, action == null ? null : action.word(), before, limit)
        .stream()
        .map(Audit::told)
        .toList();
  }

  private static Told told(AuditRows.Row row) {
    return new Told(
        row.no(),
        Micros.instant(row.at()),
        row.actor(),
        row.address(),
        row.action(),
        what(row.secret()),
        row.secret().isEmpty());
  }

  private static Map<String, String> what(String secret) {
    Map<String, String> what = new LinkedHashMap<>();
    try {
      if (!secret.isEmpty() && JsonText.read(secret) instanceof Json.Obj object) {
        object
            .fields()
            .forEach((key, value) -> {
              if (value instanceof Json.Str(String text)) {
                what.put(key, text);
              }
            });
      }
    } catch (JsonFault e) {
      return Map.of("of", secret);
    }
    return what;
  }

  /// Goes through the whole chain.
  public Checked check() {
    settle();
    long entries = 0;
    long erased = 0;
    String head = "";
    while (true) {
      List<AuditRows.Row> rows = store.access().audit().after(entries, BATCH);
      for (AuditRows.Row row : rows) {
        boolean gone = row.secret().isEmpty() && row.salt().isEmpty();
        if (row.no() != entries + 1
            || !hash(head, row).equals(row.hash())
            || !(gone || digest(row.salt(), row.secret()).equals(row.digest()))) {
          return new Checked(entries, erased, entries + 1, head);
        }
        entries++;
        erased += gone ? 1 : 0;
        head = row.hash();
      }
      if (rows.isEmpty()) {
        return new Checked(entries, erased, null, head);
      }
    }
  }

  /// Writes what waits.
  @Override
  public void close() {
    settle();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
