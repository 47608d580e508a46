package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// The rows of one Parquet file, block by block, through a database in memory that may read this
/// file and nothing else.
public final class ParquetRows implements AutoCloseable {
  private final DuckDBConnection connection;
  private final List<Column> columns;
  private final String file;
  private @Nullable DuckDBPreparedStatement statement;
  private @Nullable DuckDBChunkedResult result;
  private DuckDBReadableVector[] vectors = new DuckDBReadableVector[0];
  private boolean[] isRead = new boolean[0];
  private int rows;

  /// What the values of a column are.
  public enum Kind {
    TEXT,
    WHOLE,
    /// The digits of a whole number that may be larger.
    BIG,
    DECIMAL,
    TRUTH,
    /// Microseconds since 1970 UTC.
    INSTANT,
    /// Microseconds since 1970 on a clock without a zone.
    LOCAL,
    /// JSON text of a list, struct or map.
    JSON
  }

  /// A column and how it is selected.
  public record Column(String name, Kind kind, String expression) {}

  private ParquetRows(String file, DuckDBConnection connection, List<Column> columns) {
    this.file = file;
    this.connection = connection;
    this.columns = List.copyOf(columns);
  }

  public static ParquetRows open(String name, Path path, int threads) {
    String file = literal(path);
    DuckDBConnection connection = connect(file, threads);
    try {
      return new ParquetRows(file, connection, describe(connection, file));
    } catch (SQLException e) {
      close(connection);
      throw new InputException(name + ": is no Parquet file that can be read: " + first(e), e);
    }
  }

  /// The absolute path as a text of SQL.
  static String literal(Path path) {
    return "'" + path.toAbsolutePath().normalize().toString().replace("'", "''") + "'";
  }

  private static DuckDBConnection connect(String file, int threads) {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("threads", Integer.toString(Math.max(1, threads)));
    settings.setProperty("memory_limit", "1GB");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    try {
      DuckDBConnection opened = NativeLibrary.open("", settings);
      try (Statement statement = opened.createStatement()) {
        statement.execute("SET temp_directory = ''");
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET allowed_paths = [" + file + "]");
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
      }
      return opened;
    } catch (SQLException e) {
      throw new StoreException("open a database in memory", e);
    }
  }

  private static List<Column> describe(DuckDBConnection connection, String file)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("DESCRIBE SELECT * FROM read_parquet(" + file + ")")) {
      while (found.next()) {
        columns.add(column(found.getString(1), found.getString(2).toUpperCase(Locale.ROOT)));
      }
    }
    return columns;
  }

  private static Column column(String name, String type) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
      return new Column(name, Kind.JSON, "CAST(to_json(" + quoted + ") AS VARCHAR)");
    }
    if (type.startsWith("DECIMAL")) {
      return new Column(name, Kind.DECIMAL, "CAST(" + quoted + " AS DOUBLE)");
    }
    return switch (type) {
      case "BOOLEAN" -> new Column(name, Kind.TRUTH, quoted);
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          new Column(name, Kind.WHOLE, "CAST(" + quoted + " AS BIGINT)");
      case "UBIGINT", "HUGEINT", "UHUGEINT" ->
          new Column(name, Kind.BIG, "CAST(" + quoted + " AS VARCHAR)");
      case "FLOAT", "DOUBLE" -> new Column(name, Kind.DECIMAL, "CAST(" + quoted + " AS DOUBLE)");
      case "TIMESTAMP WITH TIME ZONE" -> new Column(name, Kind.INSTANT, "epoch_us(" + quoted + ")");
      case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" ->
          new Column(name, Kind.LOCAL, "epoch_us(CAST(" + quoted + " AS TIMESTAMP))");
      case "DATE" -> new Column(name, Kind.TEXT, "CAST(" + quoted + " AS VARCHAR)");
      case "VARCHAR" -> new Column(name, Kind.TEXT, quoted);
      default -> new Column(name, Kind.TEXT, "CAST(" + quoted + " AS VARCHAR)");
    };
  }

  public List<Column> columns() {
    return columns;
  }

  /// How many rows the file has.
  public long count() {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT count(*) FROM read_parquet(" + file + ")")) {
      found.next();
      return found.getLong(1);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /// Begins to read, in the order of the file.
  ///
  /// @param wanted by column, whether its values are asked for
  public void start(boolean[] wanted) {
    start(wanted, Integer.MAX_VALUE);
  }

  /// As the other one, for the first rows alone.
  public void start(boolean[] wanted, int most) {
    stop();
    StringBuilder sql = new StringBuilder("SELECT ");
    isRead = wanted.clone();
    boolean any = false;
    for (int i = 0; i < columns.size(); i++) {
      if (wanted[i]) {
        sql.append(any ? ", " : "").append(columns.get(i).expression());
        any = true;
      }
    }
    sql.append(any ? "" : "1").append(" FROM read_parquet(").append(file).append(")");
    if (most < Integer.MAX_VALUE) {
      sql.append(" LIMIT ").append(most);
    }
    try {
      statement = connection.prepareStatement(sql.toString()).unwrap(DuckDBPreparedStatement.class);
      result = statement.query();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /// Moves to the next block; false after the last.
  public boolean next() {
    DuckDBChunkedResult open = result;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    try {
      if (!open.nextChunk()) {
        return false;
      }
    } catch (RuntimeException e) {
      throw new InputException(file + ": the Parquet file is damaged: " + e.getMessage(), e);
    }
    DuckDBDataChunkReader chunk = open.chunk();
    rows = Math.toIntExact(chunk.rowCount());
    vectors = new DuckDBReadableVector[columns.size()];
    int at = 0;
    for (int i = 0; i < vectors.length; i++) {
      if (isRead[i]) {
        vectors[i] = chunk.vector(at++);
      }
    }
    return true;
  }

  /// The rows of the block.
  public int rows() {
    return rows;
  }

  public boolean isNull(int column, int row) {
    return vectors[column].isNull(row);
  }

  public String text(int column, int row) {
    return vectors[column].getString(row);
  }

  public long whole(int column, int row) {
    return vectors[column].getLong(row);
  }

  public double decimal(int column, int row) {
    return vectors[column].getDouble(row);
  }

  public boolean truth(int column, int row) {
    return vectors[column].getBoolean(row);
  }

  private InputException broken(SQLException e) {
    return new InputException(file + ": the Parquet file cannot be read: " + first(e), e);
  }

  private static String first(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void stop() {
    try {
      if (result != null) {
        result.close();
      }
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw broken(e);
    } finally {
      result = null;
      statement = null;
    }
  }

  @Override
  public void close() {
    stop();
    close(connection);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("close a database in memory", e);
    }
  }
}
