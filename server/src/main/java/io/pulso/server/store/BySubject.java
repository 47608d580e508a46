package io.pulso.server.store;

/// Groups by the number of a subject. The database finds groups with few different numbers in an
/// array, and others by hashing, which takes twice as long where millions of rows come. An array
/// for all subjects takes time to be made, so that only those who read very many rows ask for one.
final class BySubject {
  /// The setting: the most bits that the numbers of all columns of a group may have together.
  static final String SETTING = "perfect_ht_threshold";

  private static final int USUAL = 12;

  /// Two million subjects; an array for more would take too much memory.
  private static final int MANY = 21;

  private BySubject() {}

  /// Does something while groups by subject are found in an array.
  static void group(Db db, Runnable work) {
    set(db, MANY);
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      if (done) {
        set(db, USUAL);
      } else {
        quietly(db);
      }
    }
  }

  private static void set(Db db, int bits) {
    db.run("SET %s = %d".formatted(SETTING, bits));
  }

  /// After a fault, which is told instead of another one.
  private static void quietly(Db db) {
    try {
      set(db, USUAL);
    } catch (StoreException e) {
      return;
    }
  }
}
