package io.pulso.server.cli;

import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import io.pulso.server.app.Settings;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.As;
import io.pulso.server.ingest.Format;
import io.pulso.server.ingest.ImportRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how files are read.
final class ImportOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "csv, tsv, json, segment, posthog, mixpanel, amplitude, mautic or parquet; default told by the content.")
  private @Nullable String format;

  @Option(
      names = "--as",
      paramLabel = "WHAT",
      description =
          "events (default), traits, accounts, memberships, subscriptions, campaign-costs or metrics-daily.")
  private String as = "events";

  @Option(
      names = "--map",
      paramLabel = "NAME=EXPR|FILE",
      description =
          "Which column or expression gives a part of a record, such as time=InvoiceDate, or a file of these; repeatable. Default: guessed, and shown.")
  private List<String> map = new ArrayList<>();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone of times without an offset; default the workspace's.")
  private @Nullable String zone;

  @Option(
      names = "--time-format",
      paramLabel = "PATTERN",
      description = "How times are written, such as dd/MM/yyyy HH:mm; default ISO 8601 or epochs.")
  private @Nullable String timeFormat;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "Between fields: one character, or tab or blank; default told by the content.")
  private @Nullable String delimiter;

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      description = "Whether the first row names the columns; default told by the content.")
  private @Nullable YesNo header;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "The channel of events that do not tell theirs.")
  private @Nullable String channel;

  enum YesNo {
    YES,
    NO
  }

  /// The mapping files that are read.
  List<String> reads() {
    return map.stream().filter(Served::isFile).toList();
  }

  ImportRequest request(List<String> files, Workspace workspace, Clock clock, Console console) {
    return ImportRequest.of(files, clock.instant())
        .withFormat(format == null ? null : Format.read(format))
        .withAs(As.read(as))
        .withMap(mapping(console))
        .withZones(zone == null ? null : Settings.zone(zone), workspace.settings().zone())
        .withTimeFormat(timeFormat)
        .withTable(
            delimiter == null ? null : (Character) ImportRequest.delimiter(delimiter),
            header == null ? null : (Boolean) (header == YesNo.YES))
        .withChannel(channel)
        .withStandardInput(System.in);
  }

  /// The same for a server, by the names of its parameters.
  Map<String, String> parameters(Console console) {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "format", format == null ? null : Format.read(format).word());
    put(parameters, "as", As.read(as).word());
    put(parameters, "zone", zone);
    put(parameters, "time_format", timeFormat);
    put(parameters, "channel", channel);
    put(parameters, "header", header == null ? null : header == YesNo.YES ? "yes" : "no");
    put(parameters, "delimiter", delimiter == null ? null : sign(delimiter));
    Map<String, String> mapping = mapping(console);
    if (!mapping.isEmpty()) {
      Answer json = new Answer();
      mapping.forEach(json::put);
      parameters.put("map", JsonText.write(json.json()));
    }
    return parameters;
  }

  private static void put(Map<String, String> into, String name, @Nullable String text) {
    if (text != null) {
      into.put(name, text);
    }
  }

  private static String sign(String word) {
    char sign = ImportRequest.delimiter(word);
    return switch (sign) {
      case '\t' -> "tab";
      case ' ' -> "blank";
      default -> String.valueOf(sign);
    };
  }

  /// The pairs of all files and options; a pair beside a file takes the place of the file's.
  private Map<String, String> mapping(Console console) {
    Map<String, String> mapping = new LinkedHashMap<>();
    List<String> pairs = new ArrayList<>();
    for (String word : map) {
      if (isFile(word, console)) {
        mapping.putAll(ImportRequest.mapFile(word, console.text(Path.of(word))));
      } else {
        pairs.add(word);
      }
    }
    mapping.putAll(ImportRequest.map(pairs));
    return mapping;
  }

  private static boolean isFile(String word, Console console) {
    if (console.isFile(word)) {
      return true;
    }
    if (word.indexOf('=') < 0 && (word.endsWith(".yaml") || word.endsWith(".yml"))) {
      throw new InputException("there is no mapping file " + word);
    }
    return false;
  }
}
