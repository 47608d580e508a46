package io.pulso.server.store;

import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.metric.SubjectDaysBuilder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads on which days subjects were there, between two days, both included. The days of a block
/// are put together by the database, which sends a sixtieth of the rows.
final class DayReading {
  /// So many blocks are columns of one row for each subject, who are found in an array.
  private static final int FEW = 6;

  private final Db db;
  private final int span;
  private final int first;
  private final int last;
  private final SubjectDaysBuilder builder;

  /// @param span one more than the greatest number that is told
  DayReading(Db db, int span, int first, int last) {
    this.db = db;
    this.span = span;
    this.first = first;
    this.last = last;
    this.builder = SubjectDays.builder(span, first);
  }

  /// Adds what a query with the columns `subject` and `day` tells.
  DayReading add(String rows) {
    int blocks = (last - first) / SubjectDays.BLOCK + 1;
    if (blocks <= FEW) {
      BySubject.group(db, () -> columns(rows, blocks));
    } else {
      rows(rows, blocks);
    }
    return this;
  }

  private void columns(String rows, int blocks) {
    String columns =
        IntStream.range(0, blocks)
            .map(block -> first + block * SubjectDays.BLOCK)
            .mapToObj(from ->
                ", bit_or(CASE WHEN day BETWEEN %1$d AND %2$d THEN CAST(1 AS BIGINT) << (day - %1$d) ELSE 0 END)"
                    .formatted(from, from + SubjectDays.BLOCK - 1))
            .collect(Collectors.joining());
    db.chunks(
        "SELECT subject%s FROM (%s) AS one WHERE subject < %d AND day BETWEEN %d AND %d GROUP BY subject"
            .formatted(columns, rows, span, first, last),
        chunk -> {
          var subject = chunk.vector(0);
          for (int block = 0; block < blocks; block++) {
            var days = chunk.vector(block + 1);
            for (long i = 0; i < chunk.rowCount(); i++) {
              if (days.getLong(i) != 0) {
                builder.add(subject.getInt(i), block, days.getLong(i));
              }
            }
          }
        });
  }

  private void rows(String rows, int blocks) {
    db.chunks(
        """
        SELECT CAST(subject AS BIGINT) * %1$d + (day - %2$d) // %3$d AS place, bit_or(CAST(1 AS BIGINT) << ((day - %2$d) %% %3$d)) AS days
        FROM (%4$s) AS one
        WHERE subject < %5$d AND day BETWEEN %2$d AND %6$d
        GROUP BY 1\
        """
            .formatted(blocks, first, SubjectDays.BLOCK, rows, span, last),
        chunk -> {
          var place = chunk.vector(0);
          var days = chunk.vector(1);
          for (long i = 0; i < chunk.rowCount(); i++) {
            long at = place.getLong(i);
            builder.add((int) (at / blocks), (int) (at % blocks), days.getLong(i));
          }
        });
  }

  /// Ends the reading.
  SubjectDays days() {
    return builder.build();
  }
}
