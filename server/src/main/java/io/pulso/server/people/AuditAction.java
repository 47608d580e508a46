package io.pulso.server.people;

import java.util.Locale;

/// What the audit log knows of.
public enum AuditAction {
  SIGN_IN,
  SIGN_IN_REFUSED,
  SIGN_OUT,
  PASSWORD_SET,
  PERSON_ADDED,
  PERSON_CHANGED,
  PERSON_REMOVED,
  LINK_MADE,
  CUSTOMER_READ,
  CUSTOMER_CHANGED,
  CUSTOMER_FORGOTTEN,
  ACCOUNT_CHANGED,
  EXPORTED,
  SHARED,
  MODEL_PUBLISHED,
  KEY_CHANGED,
  DATA_CHANGED,
  TOKEN_MADE,
  TOKEN_REVOKED,
  SETTING_CHANGED,
  BACKUP_MADE,
  /// A program changed something over the API.
  API_CHANGE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
