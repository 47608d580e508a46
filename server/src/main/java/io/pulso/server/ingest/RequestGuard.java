package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import io.pulso.server.ingest.Scrubber.Part;
import io.pulso.server.store.RejectReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The guard of one request: consent, rights, proof of identity; then what shall not be kept is
/// taken out, and the source may not have brought too much. Quality is judged before anything is
/// taken out, since it needs whole addresses.
final class RequestGuard implements Guard {
  private final Terms terms;
  private final SourceRules rules;
  private final Rights rights;
  private final long now;
  private final Census.OfSource known;
  private final Set<Long> newKeys = new LinkedHashSet<>();

  /// @param now in microseconds
  RequestGuard(Terms terms, long now) {
    this.terms = terms;
    this.rules = terms.policy().rules;
    this.rights = terms.browser() ? new Rights.Browser(rules.refused()) : Rights.ALL;
    this.now = now;
    this.known = terms.census().of(terms.source(), rules);
  }

  @Override
  public boolean admit(Draft draft, EventType type) throws RowFault {
    Consent consent = terms.policy().consent;
    if (consent.isDeclined(draft.context) || consent.isDeclined(draft.told)) {
      throw Consent.fault();
    }
    rights.check(draft, type);
    if (rules.signed() && terms.browser()) {
      proven(draft, type);
    }
    draft.addressFlags = terms.addresses().applyAsInt(draft.context);
    scrub(draft);
    visitor(draft);
    return words(draft, type);
  }

  @Override
  public boolean isDeclined(String context) {
    return terms.policy().consent.isDeclined(context);
  }

  /// A link between ids and a change of traits need a token of the user.
  private void proven(Draft draft, EventType type) throws RowFault {
    String user = draft.userId;
    if (user == null || (type != EventType.IDENTIFY && draft.anonymousId == null)) {
      return;
    }
    String token = draft.userToken;
    if (token == null) {
      throw new RowFault(
          RejectReason.UNSIGNED, "this source needs a userToken that proves who the user is");
    }
    String fault = terms.tokens().fault(token, user, terms.source(), now / 1_000_000);
    if (fault != null) {
      throw new RowFault(RejectReason.UNSIGNED, fault);
    }
  }

  private void scrub(Draft draft) {
    newKeys.clear();
    draft.properties = scrub(draft.properties, Part.PROPERTIES, this::key);
    draft.context = scrub(draft.context, Part.CONTEXT, null);
    draft.traits = scrub(draft.traits, Part.TRAITS, null);
  }

  private @Nullable String scrub(@Nullable String json, Part part, Scrubber.@Nullable Keys keys) {
    return json == null ? null : terms.policy().scrubber.clean(json, part, keys);
  }

  private void key(String text, int from, int to) {
    long hash = Hash64.of(text, from, to);
    if (!known.keys().knows(hash)) {
      newKeys.add(hash);
    }
  }

  private boolean words(Draft draft, EventType type) throws RowFault {
    List<Long> newNames = new ArrayList<>();
    if (type == EventType.TRACK && draft.event != null) {
      long hash = Hash64.of(draft.event);
      if (!known.names().knows(hash)) {
        newNames.add(hash);
      }
    }
    if (newNames.isEmpty() && newKeys.isEmpty()) {
      return false;
    }
    synchronized (known) {
      if (!known.names().hasRoom(newNames.size())) {
        throw new RowFault(
            RejectReason.TOO_MANY_NAMES,
            "a source may have " + rules.most().names() + " names of events");
      }
      if (!known.keys().hasRoom(newKeys.size())) {
        throw new RowFault(
            RejectReason.TOO_MANY_PROPERTIES,
            "a source may have " + rules.most().keys() + " keys of properties");
      }
      known.names().add(newNames);
      known.keys().add(newKeys);
    }
    return true;
  }

  private void visitor(Draft draft) throws RowFault {
    String id = draft.anonymousId;
    Visitors visitors = terms.census().visitors;
    if (id == null || visitors.knows(id)) {
      return;
    }
    if (terms.browser()
        && draft.userId == null
        && !visitors.mayBring(terms.address(), rules.most().visitors())) {
      throw new RowFault(
          RejectReason.TOO_MANY_VISITORS, "too many new visitors from one network address");
    }
    visitors.add(id);
  }
}
