package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// A table on its way into a Parquet file, through a database in memory of its own, since the store
/// has no access to files.
public final class ParquetOut implements AutoCloseable {
  private final Db db;
  private @Nullable DuckDBAppender rows;

  /// What a column holds.
  public enum Kind {
    TEXT("VARCHAR"),
    DAY("DATE"),
    POINTS("DECIMAL(18, 3)"),
    YES_NO("BOOLEAN");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }
  }

  public record Column(String name, Kind kind) {}

  public ParquetOut(List<Column> columns) {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    db = new Db(Db.tried("open a database in memory", () -> NativeLibrary.open("", settings)));
    db.run(
        columns.stream()
            .map(column -> column.name() + " " + column.kind().sql)
            .collect(Collectors.joining(", ", "CREATE TABLE rows (", ")")));
    rows = db.appender(null, "rows");
  }

  /// Writes one row.
  public interface Row {
    void write(Cells cells);
  }

  /// The cells of a row, in the order of the columns.
  public interface Cells {
    Cells text(@Nullable String value);

    Cells day(int day);

    Cells noDay();

    /// A number of thousandths.
    ///
    /// @param milli null for none
    Cells points(@Nullable Long milli);

    Cells yes(boolean value);
  }

  public void add(Row row) {
    DuckDBAppender to = rows;
    if (to == null) {
      throw new IllegalStateException("written already");
    }
    Db.tried("append", to::beginRow);
    row.write(new Appending(to));
    Db.tried("append", to::endRow);
  }

  private record Appending(DuckDBAppender to) implements Cells {
    @Override
    public Cells text(@Nullable String value) {
      return cell(() -> to.append(value));
    }

    @Override
    public Cells day(int day) {
      return cell(() -> to.append(LocalDate.ofEpochDay(day)));
    }

    @Override
    public Cells noDay() {
      return cell(() -> to.appendNull());
    }

    @Override
    public Cells points(@Nullable Long milli) {
      return cell(() -> milli == null ? to.appendNull() : to.append(BigDecimal.valueOf(milli, 3)));
    }

    @Override
    public Cells yes(boolean value) {
      return cell(() -> to.append(value));
    }

    private Cells cell(Db.Work<DuckDBAppender> work) {
      Db.tried("append", work);
      return this;
    }
  }

  /// Writes the file, whatever stood there.
  public void write(Path file) {
    DuckDBAppender last = rows;
    rows = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (SQLException e) {
      throw new StoreException("flush: " + e.getMessage(), e);
    }
    String name = file.toString().replace("'", "''");
    try {
      db.run("COPY rows TO '" + name + "' (FORMAT parquet, COMPRESSION zstd)");
    } catch (StoreException e) {
      throw new InputException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    db.close();
  }
}
