package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
  @Test
  void rows_are_those_of_another_reader_of_the_same_rules() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      String text = text(random);
      List<List<String>> expected = new ArrayList<>();
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder().skipEmptyLines(true).ofCsvRecord(text)) {
        reader.forEach(record -> expected.add(record.getFields()));
      }
      assertThat(rows(text, random)).as(text).isEqualTo(expected);
    }
  }

  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    int width = random.nextInt(2, 6);
    for (int row = random.nextInt(1, 6); row > 0; row--) {
      for (int cell = width; cell > 0; cell--) {
        String value = "aé,\n\"\r\n😀b".substring(0, random.nextInt(0, 5));
        boolean quoted =
            value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n') || random.nextBoolean();
        out.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
        out.append(cell > 1 ? "," : "");
      }
      out.append(new String[] {"\n", "\r\n", "\r", "\n\n"}[random.nextInt(4)]);
    }
    return out.toString();
  }

  /// Reads through a stream that gives a few bytes at a time.
  private static List<List<String>> rows(String text, Random random) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, random.nextInt(1, 4)));
          }
        };
    CsvRows rows = new CsvRows(new Window(slow), (byte) ',');
    List<List<String>> found = new ArrayList<>();
    while (rows.next()) {
      assertThat(rows.fault()).isNull();
      List<String> row = new ArrayList<>();
      for (int i = 0; i < rows.width(); i++) {
        row.add(rows.field(i).text());
      }
      found.add(row);
    }
    return found;
  }
}
