package io.pulso.server.ingest;

import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import io.pulso.server.event.InputException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be imported, and how.
///
/// @param inputs files, folders, globs or `-`
/// @param format null to tell it by content and name
/// @param map expressions by target, in order; empty to guess
/// @param zone of times without an offset, where the user says it
/// @param workspaceZone of times without an offset, else
/// @param timeFormat of times without an offset, null for ISO 8601 and epochs
/// @param delimiter of fields, null to tell it by content
/// @param header whether the first row names the columns, null to tell it by content
/// @param channel of events whose channel nothing else tells
/// @param now the moment of the import
/// @param standardInput what `-` stands for
/// @param largest the bytes that a file may have, unpacked
public record ImportRequest(
    List<String> inputs,
    @Nullable Format format,
    As as,
    Map<String, String> map,
    @Nullable ZoneId zone,
    ZoneId workspaceZone,
    @Nullable String timeFormat,
    @Nullable Character delimiter,
    @Nullable Boolean header,
    @Nullable String channel,
    Instant now,
    InputStream standardInput,
    long largest) {
  private static final long LARGEST = 1L << 42;

  /// An import of events with nothing said about them.
  public static ImportRequest of(List<String> inputs, Instant now) {
    return new ImportRequest(
        inputs,
        null,
        As.EVENTS,
        Map.of(),
        null,
        ZoneOffset.UTC,
        null,
        null,
        null,
        null,
        now,
        InputStream.nullInputStream(),
        LARGEST);
  }

  public ImportRequest withFormat(@Nullable Format next) {
    return new ImportRequest(
        inputs,
        next,
        as,
        map,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withAs(As next) {
    return new ImportRequest(
        inputs,
        format,
        next,
        map,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withMap(Map<String, String> next) {
    return new ImportRequest(
        inputs,
        format,
        as,
        next,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withZones(@Nullable ZoneId said, ZoneId workspace) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        said,
        workspace,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withTimeFormat(@Nullable String next) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        zone,
        workspaceZone,
        next,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withTable(@Nullable Character nextDelimiter, @Nullable Boolean nextHeader) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        zone,
        workspaceZone,
        timeFormat,
        nextDelimiter,
        nextHeader,
        channel,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withChannel(@Nullable String next) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        next,
        now,
        standardInput,
        largest);
  }

  public ImportRequest withStandardInput(InputStream next) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        next,
        largest);
  }

  public ImportRequest withLargest(long next) {
    return new ImportRequest(
        inputs,
        format,
        as,
        map,
        zone,
        workspaceZone,
        timeFormat,
        delimiter,
        header,
        channel,
        now,
        standardInput,
        next);
  }

  /// The delimiter that a word means: `tab`, `blank`, or the character itself.
  public static char delimiter(String word) {
    return switch (word) {
      case "tab", "\\t", "\t" -> '\t';
      case "blank", "blanks", "space", " " -> ' ';
      case "," -> ',';
      case ";" -> ';';
      case "|" -> '|';
      default -> {
        if (word.length() == 1
            && word.charAt(0) > ' '
            && word.charAt(0) < 0x7F
            && word.charAt(0) != '"') {
          yield word.charAt(0);
        }
        throw new InputException(
            "'" + word + "' is no delimiter; use one character, or the words tab and blank");
      }
    };
  }

  /// The mapping in a list of `name=EXPR`.
  public static Map<String, String> map(List<String> words) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String word : words) {
      int at = word.indexOf('=');
      if (at <= 0 || at == word.length() - 1) {
        throw new InputException(
            "'" + word + "' is no mapping; write name=COLUMN or name=EXPRESSION");
      }
      if (map.put(word.substring(0, at).strip(), word.substring(at + 1)) != null) {
        throw new InputException("the mapping sets '" + word.substring(0, at) + "' twice");
      }
    }
    return map;
  }

  /// The mapping in a YAML file: `map:` with a field for each target.
  public static Map<String, String> mapFile(String name, String text) {
    Notes faults = new Notes(name);
    Yaml root = YamlText.read(text, faults);
    Map<String, String> map = new LinkedHashMap<>();
    if (root instanceof Yaml.Mapping file && file.get("map") instanceof Yaml.Mapping found) {
      for (Yaml.Entry entry : found.entries()) {
        if (entry.value() instanceof Yaml.Scalar scalar && !scalar.text().isBlank()) {
          map.put(entry.key(), scalar.text());
        } else {
          faults.add(entry.line(), "'" + entry.key() + "' must be a column or an expression");
        }
      }
      file.entries().stream()
          .filter(entry -> !entry.key().equals("map"))
          .forEach(
              entry -> faults.add(entry.line(), "unknown field '" + entry.key() + "'; use 'map'"));
    } else if (faults.isEmpty()) {
      faults.add(1, "a mapping file has the field 'map' with a field for each part");
    }
    if (!faults.isEmpty()) {
      throw new InputException(String.join("\n", faults.list()));
    }
    return map;
  }
}
