package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.PlainFile;
import io.pulso.server.store.Rejected;
import io.pulso.server.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parquet files that the store loads by itself give what they give row by row.
class PlainImportTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final int ROWS = 60_000;
  private static final Map<String, String> MAP = new LinkedHashMap<>();

  static {
    MAP.put("customer", "who");
    MAP.put("event", "what");
    MAP.put("time", "at");
    MAP.put("message_id", "id");
    MAP.put("received", "got");
    MAP.put("channel", "via");
    MAP.put("value", "worth");
    MAP.put("properties", "props");
  }

  /// Rows of all kinds: most of them usual, some odd in one way or another.
  private static final String SELECT =
      """
      SELECT
        CASE WHEN i %% 101 = 0 THEN NULL WHEN i %% 103 = 0 THEN '' WHEN i %% 107 = 0 THEN repeat('é', 120)
          WHEN i %% 109 = 0 THEN repeat('x', 201) WHEN i %% 113 = 0 THEN 'Zoë ' || i %% 7 ELSE 'c' || i %% %1$d END AS who,
        CASE WHEN i %% 127 = 0 THEN NULL WHEN i %% 131 = 0 THEN '' WHEN i %% 137 = 0 THEN 'Email Opened'
          WHEN i %% 139 = 0 THEN repeat('n', 201) WHEN i %% 149 = 0 THEN 'Campaign Cost' ELSE 'Event ' || i %% 20 END AS what,
        CASE WHEN i %% 151 = 0 THEN NULL WHEN i %% 157 = 0 THEN TIMESTAMPTZ '2026-06-01 12:06:00+00'
          ELSE TIMESTAMPTZ '2026-03-29 00:00:00+00' + to_microseconds(CAST(i * 1000001 AS BIGINT)) END AS at,
        CASE WHEN i %% 163 = 0 THEN NULL WHEN i %% 167 = 0 THEN 'evt_' || i WHEN i %% 173 = 0 THEN upper(md5('m' || i)::UUID::VARCHAR)
          WHEN i %% 179 = 0 THEN md5('m' || (i - 5))::UUID::VARCHAR WHEN i %% 181 = 0 THEN replace(md5('m' || i)::UUID::VARCHAR, '-', '')
          ELSE md5('%2$s' || i)::UUID::VARCHAR END AS id,
        CASE WHEN i %% 3 = 0 THEN TIMESTAMPTZ '2026-05-01 00:00:00+00' WHEN i %% 191 = 0 THEN TIMESTAMPTZ '2026-07-01 00:00:00+00' END AS got,
        CASE WHEN i %% 5 = 0 THEN 'web' WHEN i %% 7 = 0 THEN '' END AS via,
        CASE WHEN i %% 2 = 0 THEN NULL WHEN i %% 193 = 0 THEN 'NaN'::DOUBLE WHEN i %% 197 = 0 THEN '-Infinity'::DOUBLE
          WHEN i %% 199 = 0 THEN -0.0::DOUBLE WHEN i %% 211 = 0 THEN 1e300 WHEN i %% 223 = 0 THEN 1e-7 ELSE i / 7.0 END AS worth,
        CASE WHEN i %% 11 = 0 THEN NULL WHEN i %% 13 = 0 THEN '' WHEN i %% 17 = 0 THEN '{}' WHEN i %% 227 = 0 THEN '{"a":1,"a":2}'
          WHEN i %% 229 = 0 THEN '{"a": 1.50, "b" : "x"}' WHEN i %% 233 = 0 THEN '{"value":3,"a":1}' WHEN i %% 239 = 0 THEN '{"revenue":"12"}'
          WHEN i %% 241 = 0 THEN '{"channel":"sms"}' WHEN i %% 251 = 0 THEN '[1]' WHEN i %% 257 = 0 THEN '{"a":' WHEN i %% 263 = 0 THEN 'null'
          WHEN i %% 269 = 0 THEN '{"a":{"b":[1,{"c":null}]},"d":1e3}' WHEN i %% 271 = 0 THEN '{"n":0,"m":-0,"k":0.0,"l":-0.5,"z":00}'
          WHEN i %% 277 = 0 THEN '{"big":12345678901234567890,"t":"\\u00e9 \\n"}' WHEN i %% 281 = 0 THEN '{"a":1}x' WHEN i %% 283 = 0 THEN '{"a":tru}'
          ELSE '{"plan":"team","ms":' || i || ',"ok":true,"none":null,"名":"字","f":0.25}' END AS props
      FROM range(%3$d) t(i)
      """;

  /// Usual rows. Names and values are put in, and are what is odd where anything is.
  private static final String USUAL =
      """
      SELECT 'c' || i %% 300 AS who, %2$s AS what, TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_seconds(i) AS at,
        md5('%1$s' || i)::UUID::VARCHAR AS id, CAST(NULL AS TIMESTAMPTZ) AS got, CAST(NULL AS VARCHAR) AS via, %3$s AS worth,
        CASE WHEN i %% 4 > 0 THEN '{"plan":"team","ms":' || i || ',"名":"字 😀"}' END AS props
      FROM range(50000) t(i)
      """;

  private static final String NAME = "'Event ' || i % 20";

  /// Numbers of at most fifteen digits, three of them behind the point, and some between.
  private static final String SHORT_NUMBER =
      """
      CASE i % 12 WHEN 0 THEN NULL WHEN 1 THEN i / 1000.0 WHEN 2 THEN i / -8.0 WHEN 3 THEN i WHEN 4 THEN -i * 10000000000.0
        WHEN 5 THEN 99999999999.999 WHEN 6 THEN 0.001 WHEN 7 THEN 12345678900.5 WHEN 8 THEN 999999999999999.0 WHEN 9 THEN 1e10 + i / 1000.0
        WHEN 10 THEN i * 1.1 WHEN 11 THEN i / 100.0 END\
      """;

  @TempDir private Path folder;

  @Test
  void loaded_by_the_store_they_are_what_they_are_row_by_row() throws Exception {
    Path first = parquet("a.parquet", SELECT.formatted(500, "m", ROWS));
    Path second = parquet("b.parquet", SELECT.formatted(900, "n", ROWS));
    Path text =
        Files.writeString(
            folder.resolve("c.csv"),
            "who,what,at,id,got,via,worth,props\nc1,Event 1,2026-05-05T00:00:00Z,x1,,,,\nnew,Event 1,2026-05-05T00:00:00Z,x2,,,,\n");
    List<Path> files = List.of(first, text, second, text);
    Taken byItself = take("itself", files, true);
    Taken byRow = take("row", files, false);
    assertThat(byItself.asked).as("files that the store was asked to load").isEqualTo(2);
    assertThat(byRow.asked).isEqualTo(2);
    assertThat(byItself.appended).isLessThan(byRow.appended / 3);
    assertThat(byItself.report).isEqualTo(byRow.report);
    assertThat(byItself.report.duplicates()).isPositive();
    assertThat(byItself.report.rejected()).hasSizeGreaterThan(5);
    assertThat(byItself.records).isEqualTo(byRow.records);
    assertThat(byItself.rejected).isEqualTo(byRow.rejected);
  }

  @Test
  void usual_rows_are_what_they_are_row_by_row() throws Exception {
    List<Path> files =
        List.of(
            parquet("usual.parquet", USUAL.formatted("a", NAME, SHORT_NUMBER)),
            parquet("no-number.parquet", USUAL.formatted("b", NAME, "CAST(NULL AS DOUBLE)")),
            parquet("long-number.parquet", USUAL.formatted("c", NAME, "i / 7.0")),
            parquet(
                "no-name.parquet", USUAL.formatted("d", "NULLIF(" + NAME + ", 'Event 3')", "1.5")));
    Taken byItself = take("itself", files, true);
    Taken byRow = take("row", files, false);
    assertThat(byItself.report.stored()).isEqualTo(197_500);
    assertThat(byItself.appended).as("rows that the store left").isZero();
    assertThat(byItself.report).isEqualTo(byRow.report);
    assertThat(byItself.records).isEqualTo(byRow.records);
    assertThat(byItself.rejected).isEqualTo(byRow.rejected);
  }

  @Test
  void a_second_import_of_a_loaded_file_is_all_duplicates() throws Exception {
    Path file = parquet("a.parquet", SELECT.formatted(500, "m", ROWS));
    try (Store store = open("twice", List.of(file))) {
      ImportReport once = run(store, List.of(file), true).report;
      ImportReport again = run(store, List.of(file), true).report;
      assertThat(again.stored()).isZero();
      assertThat(again.duplicates()).isEqualTo(once.stored() + once.duplicates());
      assertThat(again.rejected()).isEqualTo(once.rejected());
    }
  }

  private Path parquet(String name, String select) throws Exception {
    Path file = folder.resolve(name);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  private Store open(String name, List<Path> readable) {
    Store.Limits limits = new Store.Limits(512L << 20, 2);
    return Store.open(folder.resolve(name + ".duckdb"), ZoneOffset.UTC, limits, readable);
  }

  private Taken take(String name, List<Path> files, boolean byItself) {
    try (Store store = open(name, files)) {
      Taken taken = run(store, files, byItself);
      store.exports().records("files", row -> taken.records.add(text(row)));
      Collections.sort(taken.records);
      return taken;
    }
  }

  private static Taken run(Store store, List<Path> files, boolean byItself) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    try (Spy load = new Spy(store.load("files", true, "test", clock, List.of()), byItself)) {
      List<String> inputs = files.stream().map(Path::toString).toList();
      load.taken.report =
          Importer.run(ImportRequest.of(inputs, NOW).withMap(MAP), load, Progress.NONE);
      return load.taken;
    }
  }

  /// All of a record but its place.
  private static String text(Incoming row) {
    String all = row.toString();
    return all.substring(0, all.lastIndexOf(", file="));
  }

  private static final class Taken {
    ImportReport report = new ImportReport(0, 0, 0, 0, 0, new java.util.TreeMap<>());
    final List<String> records = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    long appended;
    int asked;
  }

  /// Hands everything on to the store, or all but whole files.
  private static final class Spy implements Load {
    final Taken taken = new Taken();
    private final Load store;
    private final boolean byItself;

    Spy(Load store, boolean byItself) {
      this.store = store;
      this.byItself = byItself;
    }

    @Override
    public void append(Incoming row) {
      taken.appended++;
      store.append(row);
    }

    @Override
    public void reject(Rejected rejected) {
      taken.rejected.add(rejected.toString());
      store.reject(rejected);
    }

    @Override
    public long[] plain(PlainFile file, LongConsumer done) {
      taken.asked++;
      return byItself ? store.plain(file, done) : Load.super.plain(file, done);
    }

    @Override
    public Counts commit() {
      return store.commit();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
