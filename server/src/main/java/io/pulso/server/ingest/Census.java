package io.pulso.server.ingest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// What is known of all sources so that none of them brings too much: the names of their events,
/// the keys of their properties, and who was seen before.
public final class Census {
  final Visitors visitors;
  private final Map<String, OfSource> sources = new ConcurrentHashMap<>();

  /// @param people how many ids are expected
  /// @param nanos a clock that never jumps
  public Census(long people, LongSupplier nanos) {
    this.visitors = new Visitors(people, nanos);
  }

  /// What one source has used.
  record OfSource(Words names, Words keys) {
    OfSource(SourceRules.Most most) {
      this(new Words(most.names()), new Words(most.keys()));
    }
  }

  OfSource of(String source, SourceRules rules) {
    OfSource known = sources.get(source);
    return known != null
        ? known
        : sources.computeIfAbsent(source, name -> new OfSource(rules.most()));
  }

  /// An event's name that a source has used before.
  public void name(String source, SourceRules rules, String name) {
    of(source, rules).names.add(List.of(Hash64.of(name)));
  }

  /// A property's key that a source has used before.
  public void key(String source, SourceRules rules, String key) {
    of(source, rules).keys.add(List.of(Hash64.of(key)));
  }

  /// An id that was seen before.
  public void seen(String id) {
    visitors.add(id);
  }
}
