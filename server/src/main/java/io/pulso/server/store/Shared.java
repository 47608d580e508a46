package io.pulso.server.store;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all connections to a store have in common in memory.
final class Shared {
  final QualityState quality = new QualityState();

  /// How often records were stored otherwise than by live batches. It grows before they are
  /// visible.
  final AtomicLong imports = new AtomicLong();

  /// How often models were published. It grows before somebody else can change the store.
  final AtomicLong publications = new AtomicLong();

  /// Null before somebody asked for it.
  volatile @Nullable OpaqueIds opaqueIds;
}
