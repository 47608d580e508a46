package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.ingest.As;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Importer;
import io.pulso.server.ingest.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of figures again and again comes to what a list of the last tellings says.
class ToldTotalsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path folder;
  private final Map<String, List<Integer>> standing = new TreeMap<>();
  private long replaced;

  @Test
  void of_each_figure_what_was_told_last_stands() throws IOException {
    Random random = new Random(11);
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      long inAll = 0;
      for (int i = 0; i < 30; i++) {
        String source = random.nextBoolean() ? "one" : "two";
        replaced = 0;
        List<String> files = new ArrayList<>();
        for (int file = 0; file <= random.nextInt(3); file++) {
          files.add(file(random, source, i + "-" + file).toString());
        }
        assertThat(run(store, source, files, NOW.plusSeconds(i)).replaced()).isEqualTo(replaced);
        assertThat(stored(store)).isEqualTo(standing);
        inAll += replaced;
      }
      assertThat(inAll).isGreaterThan(50);
      assertThat(
              store.rowsAsText(
                  """
                  (SELECT 1 FROM import i WHERE received <> stored + duplicates
                    OR stored <> (SELECT COUNT(*) FROM event WHERE import = i.no))\
                  """))
          .isEmpty();
    }
  }

  /// A file of totals, which is noted as what was told last.
  private Path file(Random random, String source, String name) throws IOException {
    StringBuilder text = new StringBuilder("date,metric,value,network\n");
    Map<String, List<Integer>> told = new TreeMap<>();
    for (int row = 0; row <= random.nextInt(8); row++) {
      int day = 1 + random.nextInt(2);
      String metric = random.nextBoolean() ? "likes" : "shares";
      String network = random.nextBoolean() ? "x" : "";
      int value = random.nextInt(2);
      text.append(
          "2026-03-0%d %02d:00,%s,%d,%s\n"
              .formatted(day, random.nextInt(24), metric, value, network));
      told.computeIfAbsent(
              String.join(" ", source, "2026-03-0" + day, metric, network),
              figure -> new ArrayList<>())
          .add(value);
    }
    told.forEach((figure, values) -> {
      values.sort(null);
      List<Integer> before = standing.put(figure, values);
      if (before != null && !before.equals(values)) {
        replaced += before.size();
      }
    });
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static ImportReport run(Store store, String source, List<String> files, Instant now) {
    try (Load load =
        store.load(source, true, "totals", Clock.fixed(now, ZoneOffset.UTC), List.of())) {
      return Importer.run(
          ImportRequest.of(files, now).withAs(As.METRICS_DAILY), load, Progress.NONE);
    }
  }

  private static Map<String, List<Integer>> stored(Store store) {
    Map<String, List<Integer>> found = new TreeMap<>();
    store
        .rowsAsText(
            """
            (SELECT concat(s.name, ' ', strftime(e.occurred_at, '%Y-%m-%d'), ' ', e.properties->>'$.metric',
              ' ', COALESCE(e.properties->>'$.network', ''), '=', CAST(e.value AS INTEGER))
            FROM event e JOIN source s ON s.no = e.source ORDER BY e.value)\
            """)
        .forEach(row -> {
          String[] parts = row.replace("\"", "").replaceAll("^.*?: ?'?|'?}$", "").split("=", -1);
          found
              .computeIfAbsent(parts[0], figure -> new ArrayList<>())
              .add(Integer.parseInt(parts[1]));
        });
    return found;
  }
}
