package io.pulso.server.store;

import java.util.Locale;

/// Why a record was not stored. The words are part of the API.
public enum RejectReason {
  NO_ID,
  BAD_ID,
  NO_EVENT,
  BAD_EVENT,
  NO_GROUP_ID,
  NO_PREVIOUS_ID,
  BAD_TYPE,
  BAD_TIMESTAMP,
  FUTURE,
  BAD_MESSAGE_ID,
  BAD_JSON,
  BAD_ENCODING,
  BAD_ROW,
  BAD_VALUE,
  NOT_AN_OBJECT,
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY_KEYS,
  DUPLICATE_KEY,
  MAPPING_FAILED,
  UNSUPPORTED,
  FORBIDDEN,
  BACKDATED,
  NO_CONSENT,
  UNSIGNED,
  TOO_MANY_NAMES,
  TOO_MANY_PROPERTIES,
  TOO_MANY_VISITORS,
  ERASED;

  /// Whether records are kept in the rejected lane; others are only counted.
  public boolean isKept() {
    return this != NO_CONSENT && this != TOO_MANY_VISITORS && this != ERASED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
