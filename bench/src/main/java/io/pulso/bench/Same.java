package io.pulso.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Compares Pulso's scores with those of a peer's query.
final class Same {
  private Same() {}

  /// @param ours `subject,as_of,model,version,score,band,inactive`
  /// @param theirs `customer,score`, only customers with events in the window
  static String compare(Path ours, Path theirs) throws IOException {
    Map<String, BigDecimal> scores = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(theirs)) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int comma = line.indexOf(',');
        scores.put(line.substring(0, comma), new BigDecimal(line.substring(comma + 1)));
      }
    }
    long same = 0;
    long other = 0;
    try (BufferedReader reader = Files.newBufferedReader(ours)) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",", -1);
        BigDecimal score = scores.getOrDefault(cells[0], BigDecimal.ZERO);
        if (score.compareTo(new BigDecimal(cells[4])) == 0) {
          same++;
        } else {
          other++;
        }
      }
    }
    return Report.text("%,d of %,d the same", same, same + other);
  }
}
