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

/// Writes what is changed by hand, and who is looked at, into the audit log.
final class AuditTrail {
  private final Audit audit;
  private final Store store;

  AuditTrail(Audit audit, Store store) {
    this.audit = audit;
    this.store = store;
  }

  void add(Editor by, Trail.Deed deed) {
    Map<String, String> what = new LinkedHashMap<>();
    what.put("of", deed.what());
    if (!deed.before().isEmpty()) {
      what.put("before", deed.before());
    }
    if (!deed.after().isEmpty()) {
      what.put("after", deed.after());
    }
    audit.add(
        new Audit.Actor(by.actor(), by.address()), action(deed), about(deed), Map.copyOf(what));
  }

  private Audit.@Nullable About about(Trail.Deed deed) {
    Model.Subject kind = deed.kind();
    if (kind == null || deed.number() < 0) {
      return null;
    }
    try (View view = store.now()) {
      return new Audit.About(kind, view.id(kind, deed.number()));
    }
  }

  private static AuditAction action(Trail.Deed deed) {
    String what = deed.what();
    if (what.endsWith("exported")) {
      return AuditAction.EXPORTED;
    }
    if (what.startsWith("share.")) {
      return AuditAction.SHARED;
    }
    if (what.endsWith(".read") || what.endsWith(".seen") || what.endsWith(".opened")) {
      return AuditAction.CUSTOMER_READ;
    }
    return deed.kind() == Model.Subject.ACCOUNT
        ? AuditAction.ACCOUNT_CHANGED
        : AuditAction.CUSTOMER_CHANGED;
  }
}
