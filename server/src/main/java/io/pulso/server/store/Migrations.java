package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The numbered steps that bring a store to the schema of this version.
final class Migrations {
  static final List<String> STEPS =
      List.of(
          "001-first.sql",
          "002-server.sql",
          "003-live.sql",
          "004-guards.sql",
          "005-keep.sql",
          "006-quality.sql",
          "007-objection.sql",
          "008-people.sql",
          "009-bands.sql",
          "010-views.sql",
          "011-shares.sql",
          "012-account-points.sql",
          "013-sessions.sql",
          "014-segments.sql",
          "015-goals.sql",
          "016-daily-totals.sql",
          "017-names.sql",
          "018-facts.sql",
          "019-responsive.sql",
          "020-session-before.sql");

  private Migrations() {}

  /// Runs the missing steps, each in a transaction with its number; all in one for a new store.
  static void run(Db db, String path) {
    db.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    int have = (int) db.number("SELECT COALESCE(MAX(version), 0) FROM schema_version");
    if (have > STEPS.size()) {
      throw new InputException(
          "%s was written by a newer Pulso (its schema is %d, this program knows %d): use that version or a newer one"
              .formatted(path, have, STEPS.size()));
    }
    if (have == 0) {
      db.transaction(() -> {
        steps(db, 0, STEPS.size());
        // There is nothing yet that something could be made of.
        db.run("DELETE FROM setting WHERE name = 'derive'");
      });
    } else {
      for (int step = have; step < STEPS.size(); step++) {
        int from = step;
        db.transaction(() -> steps(db, from, from + 1));
      }
    }
  }

  private static void steps(Db db, int from, int to) {
    for (int step = from; step < to; step++) {
      db.script(text(STEPS.get(step)));
      db.run("INSERT INTO schema_version VALUES (?)", step + 1);
    }
  }

  private static String text(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + name)) {
      if (in == null) {
        throw new IllegalStateException("missing migration " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
