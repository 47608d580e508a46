package io.pulso.server.journal;

/// Bytes of acknowledged records that are not what was written.
public final class JournalDamaged extends JournalException {
  private static final long serialVersionUID = 1L;
  private final transient Damage damage;

  JournalDamaged(Damage damage) {
    super(damage.toString());
    this.damage = damage;
  }

  public Damage damage() {
    return damage;
  }
}
