package io.pulso.server.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;

/// A figure that is published about public data. Where the property `reference.results` names a
/// file, what Pulso makes of the same data is written there beside it.
///
/// @param data the name of the data set
/// @param figure what it is
/// @param value as it is published
/// @param source who published it, or how it can be worked out
public record Published(String data, String figure, String value, String source) {
  private static final String HEAD =
      """
      # Reference results

      What others published about public data, beside what Pulso makes of the same data. Written by `mvn -Preference verify`, where the data lie beside the project; each row is a test.

      | data | figure | published | Pulso | source |
      |---|---|---|---|---|
      """;

  /// Fails unless Pulso comes to the same; numbers are written as the published one is.
  public void is(String ours) {
    String file = System.getProperty("reference.results", "");
    if (!file.isEmpty()) {
      try {
        write(Path.of(file), ours);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(ours).as("%s: %s", data, figure).isEqualTo(value);
  }

  /// As [#is], of a number, rounded as the published one is, half up.
  public void is(double ours) {
    int dot = value.indexOf('.');
    int decimals = dot < 0 ? 0 : value.length() - dot - 1;
    is(BigDecimal.valueOf(ours).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
  }

  /// Puts the row in the place of the one of the same figure; rows are in alphabetical order.
  private void write(Path file, String ours) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.lock();
      SortedMap<String, String> rows = new TreeMap<>();
      new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("| ") && !line.startsWith("| data |"))
          .forEach(line -> rows.put(key(line), line));
      String row = "| %s | %s | %s | %s | %s |".formatted(data, figure, value, ours, source);
      rows.put(key(row), row);
      channel.truncate(0);
      channel.position(0);
      ByteBuffer bytes =
          StandardCharsets.UTF_8.encode(HEAD + String.join("\n", rows.values()) + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static String key(String row) {
    String[] cells = row.split(" \\| ", 3);
    return cells[0] + " | " + cells[1];
  }
}
