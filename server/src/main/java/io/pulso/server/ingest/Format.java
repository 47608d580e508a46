package io.pulso.server.ingest;

import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How the records of a file are written.
public enum Format {
  CSV,
  TSV,
  /// JSON objects, a line each, in an array or one after another, of any shape.
  JSON,
  SEGMENT,
  POSTHOG,
  MIXPANEL,
  AMPLITUDE,
  MAUTIC,
  PARQUET;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Format read(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("jsonl") || lower.equals("ndjson")) {
      return JSON;
    }
    for (Format format : values()) {
      if (format.word().equals(lower)) {
        return format;
      }
    }
    List<String> words = Arrays.stream(values()).map(Format::word).toList();
    throw new InputException("there is no format '" + word + "'" + Nearest.hint(word, words));
  }
}
