package io.pulso.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The published versions of models: numbered from 1, never changed.
public final class ModelVersions {
  private final Db db;
  private final AtomicLong publications;

  /// @param publications grows with each publication
  ModelVersions(Db db, AtomicLong publications) {
    this.db = db;
    this.publications = publications;
  }

  /// One published version.
  ///
  /// @param hash SHA-256 of the text
  /// @param publishedAt in microseconds
  public record Version(
      String model,
      int number,
      String hash,
      String text,
      String author,
      long publishedAt,
      String note) {}

  /// A text that changes when anything is published.
  public String mark() {
    return "%d versions".formatted(db.number("SELECT COUNT(*) FROM model_version"));
  }

  /// How often this process has published a model.
  public long publications() {
    return publications.get();
  }

  /// All versions of a model, oldest first.
  public List<Version> of(String model) {
    return list("WHERE model = ? ORDER BY version", model);
  }

  /// The newest version of every published model.
  public List<Version> newest() {
    return list(
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY model ORDER BY version DESC) = 1 ORDER BY model");
  }

  /// The version in force at an instant; before the first publication that is version 1.
  public Optional<Version> inForce(String model, long micros) {
    List<Version> all = of(model);
    Optional<Version> last =
        all.stream().filter(v -> v.publishedAt() <= micros).reduce((a, b) -> b);
    return last.isPresent() ? last : all.stream().findFirst();
  }

  /// Publishes a text as the next version; a text equal to the newest one is not published again.
  public Version publish(
      String model, String hash, String text, String author, Instant at, String note) {
    return db.locked(() -> next(model, hash, text, author, at, note));
  }

  private Version next(
      String model, String hash, String text, String author, Instant at, String note) {
    List<Version> all = of(model);
    if (!all.isEmpty() && all.getLast().hash().equals(hash)) {
      return all.getLast();
    }
    int number = all.size() + 1;
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    db.run(
        "INSERT INTO model_version VALUES (?, ?, ?, ?, ?, make_timestamptz(?), ?)",
        model,
        number,
        hash,
        text,
        author,
        micros,
        note);
    publications.incrementAndGet();
    return new Version(model, number, hash, text, author, micros, note);
  }

  private List<Version> list(String rest, Object... values) {
    return db.list(
        "SELECT model, version, hash, text, author, epoch_us(published_at), note FROM model_version "
            + rest,
        row ->
            new Version(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7)),
        values);
  }
}
