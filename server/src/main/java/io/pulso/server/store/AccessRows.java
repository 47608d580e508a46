package io.pulso.server.store;

/// What is stored of who may come in: programs with keys and tokens, people with sessions, and what
/// they did.
public final class AccessRows {
  private final Db db;

  AccessRows(Db db) {
    this.db = db;
  }

  public WriteKeyRows writeKeys() {
    return new WriteKeyRows(db);
  }

  public SigningSecretRows signingSecrets() {
    return new SigningSecretRows(db);
  }

  public TokenRows tokens() {
    return new TokenRows(db);
  }

  /// The people who may use the pages.
  public MemberRows members() {
    return new MemberRows(db);
  }

  public SessionRows sessions() {
    return new SessionRows(db);
  }

  public AuditRows audit() {
    return new AuditRows(db);
  }
}
