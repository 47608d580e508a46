package io.pulso.server.app;

import io.pulso.server.access.Tokens;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notes what programs changed over the API, or took with them. Questions about scores are not
/// noted: programs ask thousands of them, and each token says whose it is.
final class Witness {
  /// What asks or tries without changing anything, and commands, which note what they do.
  private static final List<String> QUIET =
      List.of(
          "/api/v1/models/check",
          "/api/v1/models/diff",
          "/api/v1/models/whatif",
          "/api/v1/commands");

  private final Audit audit;
  private final Tokens tokens;

  Witness(Audit audit, Tokens tokens) {
    this.audit = audit;
    this.tokens = tokens;
  }

  void saw(String method, String path, Tokens.Token token, String address) {
    AuditAction action = action(method, path);
    if (action != null) {
      Audit.Actor actor =
          tokens.isPassing(token) ? Audit.Actor.machine() : Audit.Actor.of(token, address);
      audit.add(actor, action, Map.of("of", method + " " + path));
    }
  }

  private static @Nullable AuditAction action(String method, String path) {
    String at = path.substring(path.lastIndexOf("/v1/") + 1);
    boolean read = method.equals("GET");
    if (at.startsWith("v1/export")) {
      return AuditAction.EXPORTED;
    }
    if (at.equals("v1/backup")) {
      return AuditAction.BACKUP_MADE;
    }
    if (read || QUIET.contains(path)) {
      return null;
    }
    if (at.equals("v1/customers/{id}")) {
      return AuditAction.CUSTOMER_FORGOTTEN;
    }
    if (at.startsWith("v1/customers/")) {
      return AuditAction.CUSTOMER_CHANGED;
    }
    if (at.startsWith("v1/tokens")) {
      return method.equals("DELETE") ? AuditAction.TOKEN_REVOKED : AuditAction.TOKEN_MADE;
    }
    if (at.startsWith("v1/keys") || at.startsWith("v1/secrets")) {
      return AuditAction.KEY_CHANGED;
    }
    return at.endsWith("/publish") ? AuditAction.MODEL_PUBLISHED : AuditAction.API_CHANGE;
  }
}
