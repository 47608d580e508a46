package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The people that a store has forgotten, known by keyed hashes of their ids.
public final class Erasures {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 500;

  private final Db db;
  private final Function<List<io.pulso.engine.model.Model>, Renewal> renewal;

  Erasures(Db db, Function<List<io.pulso.engine.model.Model>, Renewal> renewal) {
    this.db = db;
    this.renewal = renewal;
  }

  /// What an erasure removed.
  ///
  /// @param ids how many ids the person had, and may not come back
  /// @param rejected records of the rejected lane that named one of them
  public record Result(int ids, long events, long calls, long rejected) {
    static Result of(int ids, long[] removed) {
      return new Result(ids, removed[0], removed[1], removed[2]);
    }
  }

  /// Forgets a person at once for every query, with all ids that belong to the given one.
  ///
  /// @param reason for people; it must not name the person
  /// @param at in microseconds
  /// @param models those whose roll-ups are kept
  public Result forget(
      String id, String reason, long at, List<io.pulso.engine.model.Model> models) {
    if (id.isEmpty() || id.codePointCount(0, id.length()) > LONGEST_ID) {
      throw new InputException("an id has 1 to %d characters".formatted(LONGEST_ID));
    }
    if (reason.length() > LONGEST_REASON
        || reason.contains(id)
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          "a reason is a line of at most %d characters and does not name the id: it is kept"
              .formatted(LONGEST_REASON));
    }
    if (!knows(id)) {
      throw new UnknownPerson(id);
    }
    return new Erasure(db, renewal.apply(models)).run(Set.of(id), at, reason);
  }

  /// Nothing is known of an id, so there is nothing to forget.
  public static final class UnknownPerson extends InputException {
    private static final long serialVersionUID = 1L;

    UnknownPerson(String id) {
      super("there is no customer '%s', and no rejected record names it".formatted(id));
    }
  }

  private boolean knows(String id) {
    return db.number("SELECT COUNT(*) FROM person WHERE id = ?", id) > 0
        || ErasedIds.read(db).has(id)
        || new RejectedLane(db).names(Set.of(id));
  }

  /// How many ids may not come back.
  public long count() {
    return db.number("SELECT COUNT(*) FROM erased");
  }

  /// Forgets also here whom the list beside the store names, and writes down there whom the store
  /// names; tells how many ids were new to the store.
  int replay() {
    ErasureFile file = new ErasureFile(db.database().folder());
    List<ErasureFile.Line> listed = file.read();
    List<ErasureFile.Line> stored =
        db.list(
            "SELECT hash, epoch_us(erased_at), reason FROM erased",
            row -> new ErasureFile.Line(row.getString(1), row.getLong(2), row.getString(3)));
    Set<String> known = new HashSet<>();
    stored.forEach(line -> known.add(line.hash()));
    List<ErasureFile.Line> missing =
        listed.stream().filter(line -> known.add(line.hash())).toList();
    if (!missing.isEmpty()) {
      new Erasure(db, renewal.apply(List.of())).replay(missing);
    }
    Set<String> written = new HashSet<>();
    listed.forEach(line -> written.add(line.hash()));
    List<ErasureFile.Line> unwritten = new ArrayList<>(stored);
    unwritten.removeIf(line -> written.contains(line.hash()));
    if (!unwritten.isEmpty()) {
      file.add(unwritten);
    }
    return missing.size();
  }
}
