package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// States of lists that can be opened again by an id that tells nothing: which filters with which
/// values, which columns, in which order. Those that somebody gave a name are listed; the others
/// are what the address of a page means, and end when nobody has made them for long.
public final class SavedViews {
  private static final int ID_BYTES = 16;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_STATE = 20_000;
  private static final int LONG_ENOUGH = 5;
  private static final long KEPT = 400L * 86_400_000_000L;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Db db;

  SavedViews(Db db) {
    this.db = db;
  }

  /// One of them.
  ///
  /// @param area of which list it is a state
  /// @param owner who made it
  /// @param name empty for what only an address means
  /// @param shared whether everybody sees the name
  /// @param state canonical JSON
  public record Row(
      String id, String area, String owner, String name, boolean shared, String state) {}

  /// The one with an id. Whoever has the id may open it.
  public Optional<Row> find(String area, String id) {
    return rows("id = ? AND area = ?", id, area).stream().findFirst();
  }

  /// Those with a name that somebody sees: their own and the shared ones, by name.
  public List<Row> named(String area, String owner) {
    return rows(
        "area = ? AND name <> '' AND (owner = ? OR shared) ORDER BY lower(name), id", area, owner);
  }

  /// The id of a state without a name, which is made where the owner has none like it.
  ///
  /// @param at in microseconds
  public String keep(String area, String owner, String state, long at) {
    checkState(state);
    return db.inTransaction(() -> {
      db.run("DELETE FROM saved_view WHERE name = '' AND used_at < make_timestamptz(?)", at - KEPT);
      List<Row> found =
          rows("area = ? AND owner = ? AND name = '' AND state = ?", area, owner, state);
      if (!found.isEmpty()) {
        String id = found.getFirst().id();
        db.run("UPDATE saved_view SET used_at = make_timestamptz(?) WHERE id = ?", at, id);
        return id;
      }
      return add(new Row(newId(), area, owner, "", false, state), at);
    });
  }

  /// Saves a state under a name; one of the same owner and name is replaced and keeps its id.
  ///
  /// @param at in microseconds
  public String save(
      String area, String owner, String name, boolean shared, String state, long at) {
    checkState(state);
    checkName(name);
    return db.inTransaction(() -> {
      List<Row> found = rows("area = ? AND owner = ? AND name = ?", area, owner, name);
      if (found.isEmpty()) {
        return add(new Row(newId(), area, owner, name, shared, state), at);
      }
      String id = found.getFirst().id();
      db.run(
          "UPDATE saved_view SET shared = ?, state = ?, used_at = make_timestamptz(?) WHERE id = ?",
          shared,
          state,
          at,
          id);
      return id;
    });
  }

  /// What became of a change.
  public enum Changed {
    DONE,
    /// Another view of the owner has that name.
    NAME_TAKEN,
    /// The owner has no such view.
    GONE
  }

  /// Gives a view of an owner another name and state.
  ///
  /// @param at in microseconds
  public Changed change(Row view, long at) {
    checkState(view.state());
    checkName(view.name());
    return db.inTransaction(() -> {
      List<Row> same =
          rows(
              "area = ? AND owner = ? AND name = ? AND id <> ?",
              view.area(),
              view.owner(),
              view.name(),
              view.id());
      if (!same.isEmpty()) {
        return Changed.NAME_TAKEN;
      }
      long changed =
          db.run(
              "UPDATE saved_view SET name = ?, shared = ?, state = ?, used_at = make_timestamptz(?) WHERE id = ? AND area = ? AND owner = ? AND name <> ''",
              view.name(),
              view.shared(),
              view.state(),
              at,
              view.id(),
              view.area(),
              view.owner());
      return changed > 0 ? Changed.DONE : Changed.GONE;
    });
  }

  /// Removes a view of an owner; false where there is none.
  public boolean remove(String id, String owner) {
    return db.locked(() ->
        db.run("DELETE FROM saved_view WHERE id = ? AND owner = ? AND name <> ''", id, owner) > 0);
  }

  /// Removes views in which one of some texts stands; short ones only as a whole value.
  void removeThoseThatName(Set<String> texts) {
    for (Row row : rows("TRUE")) {
      Set<String> mentioned = Mentions.of(row.state());
      boolean names =
          texts.stream()
              .filter(text -> !text.isEmpty())
              .anyMatch(text ->
                  mentioned.contains(text)
                      || (text.length() >= LONG_ENOUGH
                          && (row.state() + row.name()).contains(text)));
      if (names) {
        db.run("DELETE FROM saved_view WHERE id = ?", row.id());
      }
    }
  }

  private String add(Row row, long at) {
    db.run(
        "INSERT INTO saved_view VALUES (?, ?, ?, ?, ?, ?, make_timestamptz(?), make_timestamptz(?))",
        row.id(),
        row.area(),
        row.owner(),
        row.name(),
        row.shared(),
        row.state(),
        at,
        at);
    return row.id();
  }

  private static void checkName(String name) {
    if (name.isBlank()
        || name.codePointCount(0, name.length()) > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InputException("a view has a name of 1 to %d characters".formatted(LONGEST_NAME));
    }
  }

  private static void checkState(String state) {
    if (state.length() > LONGEST_STATE) {
      throw new InputException(
          "what is asked for has more than %d characters".formatted(LONGEST_STATE));
    }
  }

  private static String newId() {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private List<Row> rows(String which, Object... values) {
    return db.list(
        "SELECT id, area, owner, name, shared, state FROM saved_view WHERE " + which,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6)),
        values);
  }
}
