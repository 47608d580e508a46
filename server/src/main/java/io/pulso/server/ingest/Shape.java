package io.pulso.server.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How another product writes its events into JSON objects.
interface Shape {
  /// Fills a draft from one object.
  void fill(Map<String, @Nullable Object> fields, Draft draft, Times times) throws RowFault;
}
