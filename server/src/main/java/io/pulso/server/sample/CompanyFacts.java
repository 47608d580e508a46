package io.pulso.server.sample;

/// What a generated company came to, counted while it was written.
///
/// @param customers people with an id of their own
/// @param accounts organisations they belong to
/// @param visitors anonymous visitors that never sign up
/// @param records everything written, duplicates too
/// @param duplicates records written a second time with the same message id
/// @param late records received an hour or more after they happened
/// @param bytes size of the files; 0 where none were written
public record CompanyFacts(
    int customers,
    int accounts,
    int visitors,
    long records,
    long duplicates,
    long late,
    long bytes) {
  static final CompanyFacts NONE = new CompanyFacts(0, 0, 0, 0, 0, 0, 0);

  CompanyFacts plus(CompanyFacts other) {
    return new CompanyFacts(
        customers + other.customers,
        accounts + other.accounts,
        visitors + other.visitors,
        records + other.records,
        duplicates + other.duplicates,
        late + other.late,
        bytes + other.bytes);
  }
}
