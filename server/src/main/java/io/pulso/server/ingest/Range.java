package io.pulso.server.ingest;

import io.pulso.engine.json.JsonFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// Where a JSON value stands in the bytes that a parser reads.
record Range(int from, int to) {
  /// The value on whose first token the parser stands; what is inside is looked at later.
  static Range of(JsonParser parser) throws JsonFault {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    try {
      parser.skipChildren();
      parser.finishToken();
    } catch (JacksonException e) {
      throw new JsonFault(JsonFault.Kind.SYNTAX, String.valueOf(e.getOriginalMessage()));
    }
    return new Range(from, (int) parser.currentLocation().getByteOffset());
  }

  /// The same bytes in the record that was read from its beginning.
  Slice in(Slice record) {
    return new Slice().set(record.bytes, record.from + from, record.from + to);
  }
}
