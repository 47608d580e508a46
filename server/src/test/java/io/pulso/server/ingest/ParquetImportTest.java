package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetImportTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  private Path parquet(String name, String select) {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  @Test
  void every_type_of_column_is_read() {
    Path file =
        parquet(
            "a.parquet",
            """
            SELECT uuid '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b' AS message_id, 17 AS user_id, 'E' AS event,
              TIMESTAMPTZ '2026-01-01 10:00:00.123456+00' AS time, 12.50::DECIMAL(9,2) AS value,
              true AS flag, DATE '2026-01-02' AS day, [1, 2] AS list, {'a': 1.0} AS struct,
              18446744073709551615::UBIGINT AS huge, 'NaN'::DOUBLE AS nan, NULL::VARCHAR AS nothing,
              TIMESTAMP '2026-01-03 00:00:00' AS local, 'x"y' AS text, 0.1::FLOAT AS f\
            """);
    ImportReport report = imports.file(file, r -> r.withZones(null, ZoneId.of("Europe/Rome")));
    Imports.counts(report, 1, Map.of());
    Incoming row = imports.load.only();
    assertThat(row.messageId()).isEqualTo("6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b");
    assertThat(row.userId()).isEqualTo("17");
    assertThat(row.occurredAt()).isEqualTo(Imports.micros("2026-01-01T10:00:00.123456Z"));
    assertThat(row.value()).isEqualTo(12.5);
    assertThat(row.properties())
        .isEqualTo(
            "{\"value\":12.5,\"flag\":true,\"day\":\"2026-01-02\",\"list\":[1,2],\"struct\":{\"a\":1},"
                + "\"huge\":18446744073709552000,\"local\":\"2026-01-02T23:00:00Z\",\"text\":\"x\\\"y\","
                + "\"f\":0.10000000149011612}");
  }

  @Test
  void rows_without_a_message_id_keep_theirs_when_they_are_read_again() {
    String select =
        "SELECT 'u' || (i % 3) AS customer, 'E' AS event, DATE '2026-01-01' AS date FROM range(10) t(i)";
    Path file = parquet("a.parquet", select);
    Imports.counts(imports.file(file, r -> r), 10, Map.of());
    assertThat(imports.file(parquet("b.parquet", select), r -> r).duplicates()).isEqualTo(10);
  }

  @Test
  void ids_of_other_types_are_rejected_and_whole_doubles_are_digits() {
    Path file =
        parquet(
            "a.parquet",
            "SELECT * FROM (VALUES (11391.0::DOUBLE), (1.5), (NULL)) t(customer), (SELECT 'E' AS event, DATE '2026-01-01' AS date)");
    Imports.counts(
        imports.file(file, r -> r), 1, Map.of(RejectReason.BAD_ID, 1L, RejectReason.NO_ID, 1L));
    assertThat(imports.load.only().userId()).isEqualTo("11391");
    assertThat(imports.load.rejected.get(0).body())
        .isEqualTo("{\"customer\":1.5,\"event\":\"E\",\"date\":\"2026-01-01\"}");
  }

  @Test
  void posthogs_batch_export_is_known_by_its_columns() {
    Path file =
        parquet(
            "ph.parquet",
            "SELECT 'u1' AS uuid, '$pageview' AS event, 'ann' AS distinct_id, '{\"$pathname\":\"/\"}' AS properties,"
                + " TIMESTAMPTZ '2026-01-01 10:00:00+00' AS timestamp");
    Imports.counts(imports.file(file, r -> r), 1, Map.of());
    assertThat(imports.load.only().name()).isEqualTo("/");
  }

  @Test
  void properties_may_stand_as_json_text_in_one_column() {
    Path file =
        parquet(
            "a.parquet",
            "SELECT 'ann' AS customer, 'E' AS event, DATE '2026-01-01' AS date, '{\"revenue\": 5.0, \"sku\": \"a\"}' AS props, 7 AS n");
    Imports.counts(imports.file(file, r -> r), 1, Map.of());
    assertThat(imports.load.only().value()).isEqualTo(5.0);
    assertThat(imports.load.only().properties()).isEqualTo("{\"revenue\":5,\"sku\":\"a\",\"n\":7}");
  }

  @Test
  void a_damaged_file_is_told() throws Exception {
    Path file =
        parquet(
            "a.parquet",
            "SELECT i AS customer, 'E' AS event, DATE '2026-01-01' AS date, random() AS r FROM range(200000) t(i)");
    byte[] bytes = Files.readAllBytes(file);
    Path cut = imports.write("cut.parquet", Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> imports.file(cut, r -> r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut.parquet");
    Arrays.fill(bytes, 1_000, bytes.length / 2, (byte) 7);
    Path noise = imports.write("noise.parquet", bytes);
    assertThatThrownBy(() -> imports.file(noise, r -> r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("noise.parquet");
  }
}
