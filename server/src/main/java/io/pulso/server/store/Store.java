package io.pulso.server.store;

import com.sun.management.OperatingSystemMXBean;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The embedded store of one workspace: a DuckDB file that one process holds at a time.
public final class Store implements AutoCloseable {
  private static final Pattern HOLDER = Pattern.compile("PID (\\d+)");

  private final Path file;
  private final Db db;
  private final LocalDays days;
  private final Shared shared;

  private Store(Path file, Db db, LocalDays days, Shared shared) {
    this.file = file;
    this.db = db;
    this.days = days;
    this.shared = shared;
  }

  /// How much of the machine the store may take.
  ///
  /// @param memory bytes for the database's own buffers
  public record Limits(long memory, int threads) {
    public static Limits ofMachine() {
      // An eighth of the machine; the launcher gives Java another one.
      long physical =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      return new Limits(
          Math.clamp(physical / 8, 256L << 20, 64L << 30),
          Runtime.getRuntime().availableProcessors());
    }
  }

  /// Opens the store in that file, making it when there is none.
  ///
  /// @param zone the workspace's time zone; a store made for another zone is refused until it is
  ///   rebuilt
  public static Store open(Path file, ZoneId zone, Limits limits) {
    return open(file, zone, limits, List.of());
  }

  /// As [#open], and lets the database read some files beside its own.
  public static Store open(Path file, ZoneId zone, Limits limits, List<Path> readable) {
    Store store = opened(file, zone, limits, readable);
    boolean done = false;
    try {
      store.checkZone();
      store.derive();
      done = true;
      return store;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  /// As [#open], but whatever zone the stored days were made for: only [#rebuild] makes them right.
  public static Store openForRebuild(Path file, ZoneId zone, Limits limits) {
    return opened(file, zone, limits, List.of());
  }

  private static Store opened(Path file, ZoneId zone, Limits limits, List<Path> readable) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new InputException("cannot make the folder of the store " + file + ": " + e, e);
    }
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent() == null ? whole : whole.getParent();
    Db db = new Database(folder, () -> connected(whole, limits, readable)).first();
    Store store = new Store(file, db, new LocalDays(zone), new Shared());
    boolean done = false;
    try {
      new Takeover(whole).removeCopies();
      store.erasures().replay();
      done = true;
      return store;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  /// A first connection to the database, set up.
  private static DuckDBConnection connected(Path file, Limits limits, List<Path> readable) {
    new Takeover(file).tidy();
    DuckDBConnection connection = connect(file, limits);
    Db db = new Db(connection);
    boolean done = false;
    try {
      db.run("SET TimeZone = 'UTC'");
      Migrations.run(db, file.toString());
      List<Path> allowed = new ArrayList<>(readable);
      for (String copy : List.of(".new", ".copy")) {
        Takeover.BESIDE.forEach(end -> allowed.add(Takeover.beside(file, copy + end)));
      }
      db.run("SET allowed_paths = " + paths(allowed));
      db.run("SET enable_external_access = false");
      db.run("SET allowed_configs = ['%s']".formatted(BySubject.SETTING));
      db.run("SET lock_configuration = true");
      done = true;
      return connection;
    } finally {
      if (!done) {
        db.close();
      }
    }
  }

  private static String paths(List<Path> files) {
    return files.stream().map(ParquetRows::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  static Properties settings(Path file, Limits limits) {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", (limits.memory() >> 20) + "MiB");
    settings.setProperty("threads", String.valueOf(limits.threads()));
    settings.setProperty("checkpoint_threshold", "256MiB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", file + ".tmp");
    settings.setProperty("preserve_insertion_order", "true");
    return settings;
  }

  static DuckDBConnection connect(Path file, Limits limits) {
    try {
      return NativeLibrary.open(file.toString(), settings(file, limits));
    } catch (SQLException e) {
      throw refused(file, e);
    }
  }

  static InputException refused(Path file, SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Conflicting lock") || message.contains("Could not set lock")) {
      Matcher holder = HOLDER.matcher(message);
      String who = holder.find() ? "process " + holder.group(1) : "another process";
      return new StoreHeld(
          "the store %s is open in %s: stop that process, or wait until it is done, and run this again"
              .formatted(file, who),
          e);
    }
    if (message.contains("newer version") || message.contains("storage version")) {
      return new InputException(
          "the store %s was written by a newer database version: use that version of Pulso or a newer one"
              .formatted(file),
          e);
    }
    if (message.contains("not a valid DuckDB")) {
      return new InputException(
          "%s is no store of Pulso: give the folder of a workspace".formatted(file), e);
    }
    return new InputException("cannot open the store " + file + ": " + message, e);
  }

  private void checkZone() {
    List<String> stored =
        db.list("SELECT value FROM setting WHERE name = 'time_zone'", row -> row.getString(1));
    String zone = days.zone().getId();
    if (stored.isEmpty()) {
      db.run("INSERT INTO setting VALUES ('time_zone', ?)", zone);
    } else if (!stored.getFirst().equals(zone)) {
      throw new ZoneChanged(stored.getFirst(), zone);
    }
  }

  /// Makes anew what a step of the schema has left to be made.
  private void derive() {
    if (db.number("SELECT COUNT(*) FROM setting WHERE name = 'derive'") > 0) {
      db.transaction(() -> {
        new Derivation(db, days, Tables.NOW).run();
        db.run("DELETE FROM setting WHERE name = 'derive'");
      });
    }
  }

  /// The workspace's zone is not the one that the stored days were made for.
  public static final class ZoneChanged extends InputException {
    private static final long serialVersionUID = 1L;

    ZoneChanged(String stored, String wanted) {
      super(
          ("the days of this store were made for the time zone %s, but pulso.yaml says %s: "
                  + "run `pulso rebuild --time-zone` to make all days anew, or put %s back")
              .formatted(stored, wanted, stored));
    }
  }

  public Path file() {
    return file;
  }

  public LocalDays days() {
    return days;
  }

  /// Begins an import.
  ///
  /// @param source the name of its source, which is made when there is none
  /// @param trusted whether a new source is a server's
  /// @param files what is imported, for people
  /// @param models those whose roll-ups are kept up to date
  public Load load(String source, boolean trusted, String files, Clock clock, List<Model> models) {
    int number = db.locked(() -> new Sources(db).number(source, trusted));
    return new StoreLoad(
        db,
        number,
        files,
        clock,
        imported -> {
          shared.imports.incrementAndGet();
          quality().after(imported, renewal(models));
        });
  }

  /// What sources send all the time.
  ///
  /// @param models gives those whose roll-ups are kept up to date
  public LiveLoad live(Clock clock, Supplier<List<Model>> models) {
    return live(clock, models, change -> {});
  }

  /// As the other one.
  ///
  /// @param changed is told what each batch changed, once it is stored
  public LiveLoad live(Clock clock, Supplier<List<Model>> models, Consumer<LiveChange> changed) {
    return new LiveLoad(
        db,
        clock,
        (number, ids) -> quality().live(number, renewal(models.get()), ids),
        changed,
        shared.imports::get);
  }

  private Renewal renewal(List<Model> models) {
    return new Renewal(db, days, new RollUps(db, days, Tables.NOW), models);
  }

  /// Makes everything derived anew, for this store's time zone.
  public void rebuild(List<Model> models) {
    db.transaction(() -> {
      db.run("DELETE FROM setting WHERE name = 'time_zone'");
      db.run("DELETE FROM setting WHERE name = 'derive'");
      db.run("INSERT INTO setting VALUES ('time_zone', ?)", days.zone().getId());
      ChangedRecords.create(db);
      quality().judgeAll();
      ChangedRecords.drop(db);
      renewal(models).all();
    });
  }

  /// The quality rules, and what they leave out.
  public Quality quality() {
    return new Quality(db, days, shared.quality);
  }

  /// The facts as they are now.
  public View now() {
    return new View(db, days, Tables.NOW);
  }

  /// The facts as they were known at an instant, in microseconds; made for this question alone.
  public View knownAt(long micros) {
    return beside(new Tables("known_", micros));
  }

  /// The facts as they are now, made anew from raw events beside the stored ones.
  public View fresh() {
    return beside(new Tables("fresh_", null));
  }

  private View beside(Tables tables) {
    Derivation derivation = new Derivation(db, days, tables);
    derivation.createTables();
    derivation.run();
    return new View(db, days, tables);
  }

  /// Does something while nothing else changes the store.
  public <T> T unchanged(Supplier<T> work) {
    return db.locked(work);
  }

  public ModelVersions versions() {
    return new ModelVersions(db, shared.publications);
  }

  /// Publishes a model as [ModelVersions#publish], once what its activities count is read from the
  /// events. Nothing else changes the store meanwhile: a batch would drop roll-ups that no
  /// published model uses.
  ///
  /// @param told how far the reading is
  public ModelVersions.Version publish(
      Model model, String text, String author, Instant at, String note, View.Parts told) {
    return db.locked(() -> {
      try (View view = now()) {
        view.prepare(model, told);
      }
      return versions().publish(model.name(), model.hash(), text, author, at, note);
    });
  }

  public RejectedLane rejected() {
    return new RejectedLane(db);
  }

  public RecentRecords recent() {
    return new RecentRecords(db);
  }

  public SourceCounts sourceCounts() {
    return new SourceCounts(db);
  }

  public SourceWords sourceWords() {
    return new SourceWords(db);
  }

  /// Who may come in.
  public AccessRows access() {
    return new AccessRows(db);
  }

  /// The same store over a connection of its own, for another thread. Closing it leaves the store
  /// open.
  public Store beside() {
    return new Store(file, db.duplicate(), days, shared);
  }

  /// As [#beside], for questions that may take so long together; then they end with [TooSlow].
  public Store beside(Duration most) {
    return new Store(file, db.duplicate().within(most), days, shared);
  }

  /// As [#beside], for somebody who may leave.
  public Store beside(Asker asker) {
    return new Store(file, db.duplicate().of(asker), days, shared);
  }

  /// As [#beside], to be held for long: nobody waits for its end when the store is written anew.
  public Store steady() {
    return new Store(file, db.duplicateSteady(), days, shared);
  }

  /// Keeps the file itself in order.
  public Upkeep upkeep() {
    return new Upkeep(db, file, days);
  }

  public Exports exports() {
    return new Exports(db);
  }

  /// What people enter beside the records.
  public ByHand byHand() {
    return new ByHand(db, this::renewal);
  }

  /// Numbers of customers and accounts as texts for addresses.
  public OpaqueIds opaqueIds() {
    OpaqueIds have = shared.opaqueIds;
    if (have == null) {
      have = OpaqueIds.of(db);
      shared.opaqueIds = have;
    }
    return have;
  }

  /// The people who objected to being scored.
  public Objections objections() {
    return new Objections(db);
  }

  /// What is counted of completed days.
  public DailyCounts dailyCounts() {
    return new DailyCounts(db);
  }

  /// The people that were forgotten.
  public Erasures erasures() {
    return new Erasures(db, this::renewal);
  }

  /// How many records are stored.
  public long records() {
    return db.number("SELECT (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM call)");
  }

  /// How many rows a table has.
  public long count(String table) {
    return db.number("SELECT COUNT(*) FROM \"%s\"".formatted(table.replace("\"", "\"\"")));
  }

  /// A setting that is stored; null where it is not.
  public @Nullable String setting(String name) {
    return db
        .list("SELECT value FROM setting WHERE name = ?", row -> row.getString(1), name)
        .stream()
        .findFirst()
        .orElse(null);
  }

  /// Stores a setting in the place of an older one.
  public void setting(String name, String value) {
    db.transaction(() -> {
      db.run("DELETE FROM setting WHERE name = ?", name);
      db.run("INSERT INTO setting VALUES (?, ?)", name, value);
    });
  }

  /// Which store this is, also in its copies.
  public String id() {
    return db.list("SELECT value FROM setting WHERE name = 'id'", row -> row.getString(1))
        .getFirst();
  }

  /// What is kept for some time only.
  public Retention retention() {
    return new Retention(db, days, this::renewal);
  }

  /// Moves what was written lately into the store's file.
  void checkpoint() {
    db.run("CHECKPOINT");
  }

  /// The names of all tables.
  List<String> tables() {
    return db.list(
        "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1",
        row -> row.getString(1));
  }

  /// All rows of a table or of a query in brackets, each as one text.
  List<String> rowsAsText(String from) {
    return db.list("SELECT CAST(t AS VARCHAR) FROM %s t".formatted(from), row -> row.getString(1));
  }

  /// What is done with a row.
  interface Each {
    void row() throws InterruptedException;
  }

  /// Does something for every vector of rows of a table.
  void eachRow(String table, Each each) {
    db.chunks(
        "SELECT 1 FROM " + table,
        chunk -> {
          try {
            each.row();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    db.close();
  }
}
