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
      audit.add(new Audit.Actor(by.actor(), by.address()), action, about(deed), Map.copyOf(what));
    }
  }

  private Audit.@Nullable About about(Deed deed) {
    Model.Subject kind = deed.kind();
    if (kind == null || deed.number() < 0) {
      return null;
    }
    try (Store own = store.beside();
        View view = own.now()) {
      return new Audit.About(kind, view.id(kind, deed.number()));
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
