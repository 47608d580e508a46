package io.pulso.server.cli;

import io.pulso.server.app.AsOf;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which scores are meant.
final class ScoreOptions {
  private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2200, 1, 1);

  enum Whose {
    IDENTIFIED,
    ALL
  }

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "The model, or a model file; default the workspace's.")
  private @Nullable String model;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "A published version; default the one in force on the day.")
  private @Nullable Integer version;

  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "The day, in the workspace's time zone; default yesterday.")
  private @Nullable String asOf;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Only what had been received by then, such as 2026-03-31T12:00:00Z.")
  private @Nullable String knownAt;

  @Option(
      names = "--population",
      paramLabel = "identified|all",
      description = "Identified customers (default), or anonymous visitors too.")
  private Whose population = Whose.IDENTIFIED;

  /// What was asked for, found.
  record Asked(InUse use, int day) {}

  boolean all() {
    return population == Whose.ALL;
  }

  /// The state of knowledge that is asked for; to be closed.
  View view(Store store) {
    String text = knownAt;
    if (text == null) {
      return store.now();
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return store.knownAt(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    } catch (DateTimeException e) {
      throw new InputException(
          "--known-at needs an instant with its offset, such as 2026-03-31T12:00:00Z, not '%s'"
              .formatted(text),
          e);
    }
  }

  /// The model and the day; without a day the window of the model decides which is meant.
  Asked find(Workspace workspace, Store store, View view, Console console) {
    Models models = new Models(workspace, store);
    Clock clock = Clock.systemUTC();
    LocalDate asked = day(asOf, "--as-of");
    int first =
        asked == null ? AsOf.yesterday(workspace, clock) : Math.toIntExact(asked.toEpochDay());
    InUse use = models.find(model, version, first);
    int day = AsOf.day(workspace, view, asked, use.model().window(), clock, console::note);
    return new Asked(day == first ? use : models.find(model, version, day), day);
  }

  /// The model alone, as in force now.
  InUse model(Workspace workspace, Store store) {
    return new Models(workspace, store)
        .find(model, version, AsOf.yesterday(workspace, Clock.systemUTC()) + 1);
  }

  static @Nullable LocalDate day(@Nullable String text, String option) {
    if (text == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.isBefore(FIRST) || day.isAfter(LAST)) {
        throw new InputException(
            "%s needs a day between %s and %s, not %s".formatted(option, FIRST, LAST, text));
      }
      return day;
    } catch (DateTimeException e) {
      throw new InputException(
          "%s needs a day such as 2026-03-31, not '%s'".formatted(option, text), e);
    }
  }
}
