package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileInputTest {
  private static final String CSV = "customer,event,time\nann,E,2026-01-01\nben,E,2026-01-01\n";
  private static final String LINE =
      "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"}\n";

  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  @Test
  void a_line_of_a_hundred_megabytes_is_passed_over_and_never_held() {
    byte[] head = LINE.getBytes(StandardCharsets.UTF_8);
    assertTooLarge("-", new Long100(head, "{\"type\":\"", LINE));
    byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
    assertTooLarge("-", new Long100(csv, "ann,", "\nzoe,E,2026-01-01\n"));
    assertTooLarge(
        "-", new Long100("[".getBytes(StandardCharsets.UTF_8), "{\"a\":\"", "\"}," + LINE + "]"));
  }

  private void assertTooLarge(String name, InputStream in) {
    imports = new Imports(folder);
    ImportReport report = imports.run(List.of(name), r -> r.withStandardInput(in));
    assertThat(report.rejected()).isEqualTo(Map.of(RejectReason.TOO_LARGE, 1L));
    assertThat(report.stored()).isPositive();
    assertThat(imports.load.rejected.get(0).body().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(8 * 1024);
    assertThat(imports.load.rows.get(imports.load.rows.size() - 1).event()).isEqualTo("E");
  }

  /// A beginning, a hundred million letters without a line end, and an end.
  private static final class Long100 extends InputStream {
    private static final long LETTERS = 100_000_000;

    private final byte[] head;
    private final byte[] tail;
    private long at;

    Long100(byte[] head, String opening, String tail) {
      this.head =
          (new String(head, StandardCharsets.UTF_8) + opening).getBytes(StandardCharsets.UTF_8);
      String end = tail.startsWith("{") ? "\n" + tail : tail;
      this.tail = end.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      long i = at++;
      if (i < head.length) {
        return head[(int) i];
      }
      long j = i - head.length - LETTERS;
      return j < 0 ? 'x' : j < tail.length ? tail[(int) j] : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at >= head.length && at + length < head.length + LETTERS) {
        Arrays.fill(into, from, from + length, (byte) 'x');
        at += length;
        return length;
      }
      if (length == 0) {
        return 0;
      }
      int n = 0;
      for (int c = read(); c >= 0; c = read()) {
        into[from + n++] = (byte) c;
        if (n == length || n == 1_000) {
          break;
        }
      }
      return n == 0 ? -1 : n;
    }
  }

  @Test
  void bytes_that_are_no_utf_8_cost_their_line() {
    byte[] csv =
        "customer,event,time\nann,E,2026-01-01\nb?n,E,2026-01-01\nzoé,E,2026-01-01\n"
            .getBytes(StandardCharsets.UTF_8);
    csv[indexOf(csv, '?')] = (byte) 0xE9;
    Imports.counts(imports.bytes("a.csv", csv), 2, Map.of(RejectReason.BAD_ENCODING, 1L));
    assertThat(imports.load.rejected.get(0).line()).isEqualTo(3);
    assertThat(imports.load.rows.get(1).userId()).isEqualTo("zoé");
    byte[] json = (LINE + LINE.replace("\"a\"", "\"?\"") + LINE).getBytes(StandardCharsets.UTF_8);
    json[indexOf(json, '?')] = (byte) 0xFF;
    Imports.counts(imports.bytes("a.jsonl", json), 2, Map.of(RejectReason.BAD_ENCODING, 1L));
  }

  private static int indexOf(byte[] bytes, char c) {
    return Scan.find(bytes, (byte) c, 0, bytes.length);
  }

  @Test
  void utf_16_is_refused_with_what_to_do() {
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      assertThatThrownBy(() -> imports.bytes("a.csv", CSV.getBytes(charset)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("UTF-16")
          .hasMessageContaining("a.csv");
    }
  }

  @Test
  void nul_bytes_are_letters_like_others() {
    ImportReport report = imports.text("a.csv", CSV + "a\0b,E,2026-01-01\n\0\n");
    Imports.counts(report, 3, Map.of(RejectReason.BAD_ROW, 1L));
    assertThat(imports.load.rows.get(2).userId()).isEqualTo("a\0b");
    report = imports.text("a.jsonl", LINE + "\0\n" + LINE.replace("\"a\"", "\"\\u0000\""));
    Imports.counts(report, 2, Map.of(RejectReason.BAD_JSON, 1L));
  }

  @Test
  void empty_files_hold_nothing() {
    Imports.counts(imports.text("a.csv", ""), 0, Map.of());
    Imports.counts(imports.text("a.jsonl", "\n \n"), 0, Map.of());
    Imports.counts(imports.text("a.json", "[]"), 0, Map.of());
    Imports.counts(imports.text("b.csv", "customer,event,time\n"), 0, Map.of());
    Imports.counts(
        imports.bytes("c.csv.gz", gzip("".getBytes(StandardCharsets.UTF_8))), 0, Map.of());
  }

  @Test
  void packed_files_are_read_whatever_their_name() {
    byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
    Imports.counts(imports.bytes("a.csv.gz", gzip(csv)), 2, Map.of());
    imports = new Imports(folder);
    Imports.counts(imports.bytes("a.csv.zst", Zstd.compress(csv)), 2, Map.of());
    imports = new Imports(folder);
    Imports.counts(imports.bytes("a.csv", gzip(csv)), 2, Map.of());
  }

  @Test
  void a_packed_file_that_was_cut_off_is_told_and_nothing_is_committed() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    StringBuilder text = new StringBuilder("customer,event,time\n");
    for (byte b : noise) {
      text.append("u").append(b).append(",E,2026-01-01\n");
    }
    byte[] packed = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
    RecordingLoad load = new RecordingLoad();
    Path file = imports.write("a.csv.gz", Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() ->
            Importer.run(
                ImportRequest.of(List.of(file.toString()), Imports.NOW), load, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut off");
    assertThat(load.committed).isFalse();
    byte[] zst = Zstd.compress(text.toString().getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> imports.bytes("a.csv.zst", Arrays.copyOf(zst, zst.length / 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void a_bomb_is_refused_while_it_is_unpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      Arrays.fill(zeros, (byte) ' ');
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    assertThatThrownBy(() -> imports.bytes("a.csv.gz", out.toByteArray()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("grows to more than 100 times");
    Path csv = imports.write("a.csv", CSV);
    assertThatThrownBy(() -> imports.file(csv, r -> r.withLargest(20)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 20 bytes");
  }

  @Test
  void what_is_no_text_is_refused() {
    assertThatThrownBy(() -> imports.bytes("a.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ZIP");
    assertThatThrownBy(() -> imports.text("a.parquet", "customer\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is no Parquet file");
    assertThatThrownBy(() -> imports.text("b.parquet", "PAR1 and nonsense"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("b.parquet");
  }

  @Test
  void lone_surrogates_in_json_are_replaced() {
    imports.text("a.jsonl", LINE.replace("\"a\"", "\"\\ud800\""));
    assertThat(imports.load.only().userId()).isEqualTo("\uFFFD");
  }

  @Test
  void random_bytes_never_break_the_sums() {
    Random random = new Random(5);
    byte[] csv = CSV.repeat(50).getBytes(StandardCharsets.UTF_8);
    byte[] json = LINE.repeat(50).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = (i % 2 == 0 ? csv : json).clone();
      for (int k = random.nextInt(1, 8); k > 0; k--) {
        bytes[random.nextInt(30, bytes.length)] =
            (byte) "\"\n\r,{}[]\\\0\u00e9x".charAt(random.nextInt(12));
      }
      imports.bytes("r" + i + (i % 2 == 0 ? ".csv" : ".jsonl"), bytes);
    }
  }

  @Test
  void a_failing_store_stops_the_import_with_its_own_fault() {
    Path file = imports.write("a.jsonl", LINE.repeat(100_000));
    Load full =
        new Load() {
          @Override
          public void append(Incoming row) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public void reject(Rejected rejected) {}

          @Override
          public Counts commit() {
            throw new AssertionError("must not commit");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() ->
            Importer.run(
                ImportRequest.of(List.of(file.toString()), Imports.NOW), full, Progress.NONE))
        .hasMessage("the disk is full");
  }

  @Test
  void an_interruption_stops_the_import_and_commits_nothing() {
    Path file = imports.write("a.jsonl", LINE.repeat(50_000));
    RecordingLoad load = new RecordingLoad();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            Importer.run(
                ImportRequest.of(List.of(file.toString()), Imports.NOW), load, Progress.NONE))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(load.committed).isFalse();
  }

  @Test
  void a_file_that_cannot_be_read_is_told() throws IOException {
    Path file = imports.write("a.csv", CSV);
    Files.delete(file);
    assertThatThrownBy(() -> imports.file(file, r -> r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }

  private static byte[] gzip(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
