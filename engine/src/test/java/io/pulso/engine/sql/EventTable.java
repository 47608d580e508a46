package io.pulso.engine.sql;

import io.pulso.engine.expr.Evaluator.Facts;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table of events in DuckDB with the columns that printed SQL expects.
final class EventTable implements AutoCloseable {
  private final Connection connection;

  EventTable(List<Facts> events) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement create = connection.createStatement()) {
      create.execute(
          """
          CREATE TABLE e(nr INTEGER, event VARCHAR, name VARCHAR, type VARCHAR, channel VARCHAR, value DOUBLE,
            flags INTEGER, properties VARCHAR, context VARCHAR, traits VARCHAR, account VARCHAR,
            source VARCHAR, trusted BOOLEAN)
          """);
    }
    for (int nr = 0; nr < events.size(); nr++) {
      insert(nr, events.get(nr));
    }
  }

  private void insert(int nr, Facts facts) throws SQLException {
    Json value = facts.value();
    boolean number = value instanceof Json.Num;
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO e VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
      Object[] cells = {
        nr,
        facts.event(),
        facts.name(),
        facts.type(),
        facts.channel(),
        value instanceof Json.Num(double amount) ? (Double) amount : null,
        (value != null && !number ? 1 : 0) + 2 * (nr % 4),
        object(facts.properties()),
        object(facts.context()),
        object(facts.traits()),
        object(facts.account()),
        facts.source(),
        facts.trusted()
      };
      for (int i = 0; i < cells.length; i++) {
        row.setObject(i + 1, cells[i]);
      }
      row.execute();
    }
  }

  private static @Nullable String object(Json.@Nullable Obj object) {
    return object == null || object.isEmpty() ? null : JsonText.write(object);
  }

  /// One row an event, one cell an expression.
  List<List<@Nullable Object>> select(List<String> expressions) throws SQLException {
    String sql = "SELECT " + String.join(",\n  ", expressions) + "\nFROM e ORDER BY nr";
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet found = query.executeQuery(sql)) {
      while (found.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= expressions.size(); i++) {
          row.add(found.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /// The columns of a table under their own names.
  record Names() implements Columns {
    @Override
    public String event() {
      return "event";
    }

    @Override
    public String name() {
      return "name";
    }

    @Override
    public String type() {
      return "type";
    }

    @Override
    public String channel() {
      return "channel";
    }

    @Override
    public String value() {
      return "value";
    }

    @Override
    public String flags() {
      return "flags";
    }

    @Override
    public String properties() {
      return "properties";
    }

    @Override
    public String context() {
      return "context";
    }

    @Override
    public String traits() {
      return "traits";
    }

    @Override
    public String account() {
      return "account";
    }

    @Override
    public String source() {
      return "source";
    }

    @Override
    public String trusted() {
      return "trusted";
    }
  }
}
