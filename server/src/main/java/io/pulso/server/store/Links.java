package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The links between the ids of people, and those that somebody said are wrong. Undoing one makes
/// anew whatever hangs on the two ids, and nothing else.
public final class Links {
  private final Db db;
  private final Function<List<Model>, Renewal> renewal;

  Links(Db db, Function<List<Model>, Renewal> renewal) {
    this.db = db;
    this.renewal = renewal;
  }

  /// A link that holds.
  ///
  /// @param id that belongs to another one
  /// @param to that other one
  /// @param since when the earliest record that says so happened, in microseconds
  public record Made(String id, String to, long since) {}

  /// A link that somebody undid.
  ///
  /// @param undoneAt in microseconds
  /// @param restoredAt in microseconds; null while it is undone
  public record Undone(
      long no,
      String id,
      String to,
      String note,
      long undoneAt,
      String undoneBy,
      @Nullable Long restoredAt,
      @Nullable String restoredBy) {}

  /// The links that make the ids of a customer one, by id.
  public List<Made> of(int subject) {
    Identity identity =
        Identity.of(
            new LinkRows(db, Tables.NOW)
                .among(
                    "SELECT %1$d UNION SELECT person FROM merged WHERE subject = %1$d"
                        .formatted(subject)));
    List<Identity.Link> links = identity.made();
    Map<Integer, String> ids = ids(links);
    return links.stream()
        .map(link ->
            new Made(
                String.valueOf(ids.get(link.person())),
                String.valueOf(ids.get(link.target())),
                link.occurredAt()))
        .sorted(java.util.Comparator.comparing(Made::id))
        .toList();
  }

  private Map<Integer, String> ids(List<Identity.Link> links) {
    if (links.isEmpty()) {
      return Map.of();
    }
    List<Integer> numbers = new ArrayList<>();
    links.forEach(link -> {
      numbers.add(link.person());
      numbers.add(link.target());
    });
    String in = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return db
        .list(
            "SELECT no, id FROM person WHERE no IN (%s)".formatted(in),
            row -> Map.entry(row.getInt(1), row.getString(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Undone links of which one id belongs to a customer now, the newest first.
  public List<Undone> undone(int subject) {
    if (db.number("SELECT COUNT(*) FROM undone_link") == 0) {
      // As nearly always, and then nobody has to be looked up.
      return List.of();
    }
    String whose =
        "SELECT %1$d UNION SELECT person FROM merged WHERE subject = %1$d".formatted(subject);
    return rows("u.person IN (%1$s) OR u.target IN (%1$s)".formatted(whose));
  }

  private List<Undone> rows(String which) {
    return db.list(
        """
        SELECT u.no, p.id, t.id, u.note, epoch_us(u.undone_at), u.undone_by, epoch_us(u.restored_at), u.restored_by
        FROM undone_link u JOIN person p ON p.no = u.person JOIN person t ON t.no = u.target WHERE %s ORDER BY u.no DESC
        """
            .formatted(which),
        row ->
            new Undone(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                Db.orNull(row, 7),
                row.getString(8)));
  }

  /// Says that the link of an id to another one is wrong.
  ///
  /// @param at in microseconds
  /// @param models those whose roll-ups are kept
  public Undone undo(String id, String author, String note, long at, List<Model> models) {
    Lines.check("a note", note, 0);
    return db.inTransaction(() -> {
      int[] link = link(id);
      long no = db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM undone_link");
      db.run(
          "INSERT INTO undone_link VALUES (?, ?, ?, ?, make_timestamptz(?), ?, NULL, NULL)",
          no,
          link[0],
          link[1],
          note,
          at,
          author);
      renewal.apply(models).relinked(link[0], link[1]);
      return find(no);
    });
  }

  /// The two ends of the link that an id has.
  private int[] link(String id) {
    List<Integer> person =
        id.isEmpty()
            ? List.of()
            : db.list("SELECT no FROM person WHERE id = ?", row -> row.getInt(1), id);
    if (person.isEmpty()) {
      throw new Unknown("there is no customer '%s'".formatted(id));
    }
    int number = person.getFirst();
    String whose =
        "SELECT m.person FROM merged m WHERE m.subject = (SELECT subject FROM merged WHERE person = %d)"
            .formatted(number);
    return Identity.of(new LinkRows(db, Tables.NOW).among(whose)).made().stream()
        .filter(link -> link.person() == number)
        .map(link -> new int[] {link.person(), link.target()})
        .findFirst()
        .orElseThrow(() ->
            new InputException(
                "the id '%s' is linked to no other one, so there is nothing to undo"
                    .formatted(id)));
  }

  /// Lets an undone link hold again.
  ///
  /// @param at in microseconds
  /// @param models those whose roll-ups are kept
  public Undone restore(long no, String author, long at, List<Model> models) {
    return db.inTransaction(() -> {
      if (find(no).restoredAt() != null) {
        throw new InputException("the link %d holds again already".formatted(no));
      }
      int[] link =
          db.list(
                  "SELECT person, target FROM undone_link WHERE no = ?",
                  row -> new int[] {row.getInt(1), row.getInt(2)},
                  no)
              .getFirst();
      db.run(
          "UPDATE undone_link SET restored_at = make_timestamptz(?), restored_by = ? WHERE no = ?",
          at,
          author,
          no);
      renewal.apply(models).relinked(link[0], link[1]);
      return find(no);
    });
  }

  /// The undone link of a number.
  public Undone find(long no) {
    List<Undone> found = rows("u.no = " + no);
    if (found.isEmpty()) {
      throw new Unknown("there is no undone link %d".formatted(no));
    }
    return found.getFirst();
  }
}
