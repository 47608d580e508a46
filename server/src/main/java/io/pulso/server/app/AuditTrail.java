package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.server.edit.Editor;
import io.pulso.server.edit.Trail;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what is changed and looked at by hand into the audit log.
record AuditTrail(Audit audit, Store store) implements Trail {
  @Override
  public void add(Editor by, Deed deed) {
    AuditAction action = action(deed);
    if (action != null) {
      Map<String, String> what = new LinkedHashMap<>();
      what.put("of", deed.what());
      if (!deed.before().isEmpty()) {
        what.put("before", deed.before());
      }
      if (!deed.after().isEmpty()) {
        what.put("after", deed.after());
      }
      Model.Subject kind = deed.kind();
      String id = kind == null || deed.number() < 0 ? null : id(kind, deed.number());
      if (id != null && kind == Model.Subject.ACCOUNT) {
        what.put("account", id);
      }
      audit.add(
          new Audit.Actor(by.actor(), by.address()),
          action,
          kind == Model.Subject.CUSTOMER ? id : null,
          what);
    }
  }

  private String id(Model.Subject kind, int number) {
    try (Store own = store.beside();
        View view = own.now()) {
      return view.id(kind, number);
    }
  }

  private static @Nullable AuditAction action(Trail.Deed deed) {
    return switch (deed.what()) {
      case "customer.read" -> AuditAction.CUSTOMER_READ;
      case "account.read" -> null;
      case "list.exported" -> AuditAction.EXPORTED;
      case "share.made", "share.revoked", "share.opened" -> AuditAction.SHARED;
      default ->
          deed.kind() == Model.Subject.ACCOUNT
              ? AuditAction.ACCOUNT_CHANGED
              : AuditAction.CUSTOMER_CHANGED;
    };
  }
}
