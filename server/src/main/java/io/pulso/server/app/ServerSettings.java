package io.pulso.server.app;

import io.pulso.engine.yaml.Fields;
import io.pulso.server.event.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of a server: under `server` in `pulso.yaml`, or `PULSO_…` in the environment, which
/// wins.
///
/// @param host the address it listens at
/// @param port 0 for any that is free
/// @param eventBytes of one event
/// @param requestBytes of one request, packed and unpacked
/// @param batchEvents in one request
/// @param journalMegabytes that may wait to be loaded; beyond it senders are told to wait
/// @param requestsPerMinute of a key that does not say otherwise; 0 for any number
/// @param uploadMegabytes of a file that is sent to be imported
/// @param importMegabytes of memory for the process that reads such a file
/// @param importMinutes that it has
/// @param stopSeconds that requests have to end when the server stops
/// @param proxies addresses whose X-Forwarded-For is believed
/// @param web how it listens
/// @param people how people reach and enter it
public record ServerSettings(
    String host,
    int port,
    int eventBytes,
    int requestBytes,
    int batchEvents,
    int journalMegabytes,
    int requestsPerMinute,
    int uploadMegabytes,
    int importMegabytes,
    int importMinutes,
    int stopSeconds,
    List<String> proxies,
    WebSettings web,
    PeopleSettings people) {
  private static final String PREFIX = "PULSO_";
  private static final int LONGEST = 1000;

  /// One setting, for people.
  ///
  /// @param unit of its number; empty where it has none
  /// @param usual its default
  public record Setting(String name, String unit, String usual, String meaning) {
    String variable() {
      return PREFIX + name.toUpperCase(Locale.ROOT);
    }
  }

  private static final List<Setting> OWN =
      List.of(
          new Setting("host", "", "127.0.0.1", "the address it listens at"),
          new Setting("port", "", "8080", "the port it listens at; 0 for any that is free"),
          new Setting("event_bytes", "bytes", "32768", "the largest event"),
          new Setting(
              "request_bytes", "bytes", "512000", "the largest request, packed and unpacked"),
          new Setting("batch_events", "events", "2500", "the most events in one request"),
          new Setting(
              "journal_megabytes",
              "MB",
              "4096",
              "what may wait to be loaded; beyond it senders are told to wait"),
          new Setting(
              "requests_per_minute",
              "requests",
              "0",
              "what a key may send that does not say otherwise; 0 for any number"),
          new Setting(
              "upload_megabytes", "MB", "1024", "the largest file that is sent to be imported"),
          new Setting(
              "import_megabytes", "MB", "512", "memory of the process that reads such a file"),
          new Setting("import_minutes", "min", "60", "what that process has to read it"),
          new Setting("stop_seconds", "s", "10", "what requests have to end when the server stops"),
          new Setting(
              "trusted_proxies",
              "",
              "",
              "addresses, with commas between, whose X-Forwarded-For is believed"));

  public static final List<Setting> ALL =
      Stream.of(OWN, WebSettings.ALL, PeopleSettings.ALL).flatMap(List::stream).toList();

  static final List<String> FIELDS = ALL.stream().map(Setting::name).toList();

  /// The settings under `server`; what is wrong becomes a fault of the fields.
  ///
  /// @param fields null where there are none
  static Map<String, String> read(@Nullable Fields fields) {
    Map<String, String> said = new LinkedHashMap<>();
    if (fields != null) {
      for (String name : FIELDS) {
        String text = fields.has(name) ? fields.text(name, LONGEST) : null;
        if (text != null) {
          said.put(name, text);
        }
      }
    }
    return Map.copyOf(said);
  }

  /// What holds where something is said in two places.
  ///
  /// @param said in `pulso.yaml`
  /// @param environment of the process
  public static ServerSettings of(Map<String, String> said, Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Setting setting : ALL) {
      String there = environment.get(setting.variable());
      all.put(
          setting.name(),
          there != null ? there : said.getOrDefault(setting.name(), setting.usual()));
    }
    return new ServerSettings(
        all.getOrDefault("host", ""),
        whole(all, "port", 0, 65_535),
        whole(all, "event_bytes", 1_000, 1_000_000),
        whole(all, "request_bytes", 1_000, 100_000_000),
        whole(all, "batch_events", 1, 1_000_000),
        whole(all, "journal_megabytes", 256, 1_000_000),
        whole(all, "requests_per_minute", 0, 100_000_000),
        whole(all, "upload_megabytes", 1, 1_000_000),
        whole(all, "import_megabytes", 64, 100_000),
        whole(all, "import_minutes", 1, 10_000),
        whole(all, "stop_seconds", 0, 3_600),
        WebSettings.texts(all.getOrDefault("trusted_proxies", "")),
        WebSettings.of(all),
        PeopleSettings.of(all));
  }

  /// The same at another address.
  ServerSettings withHost(String other) {
    return new ServerSettings(
        other,
        port,
        eventBytes,
        requestBytes,
        batchEvents,
        journalMegabytes,
        requestsPerMinute,
        uploadMegabytes,
        importMegabytes,
        importMinutes,
        stopSeconds,
        proxies,
        web,
        people);
  }

  public ServerSettings withPort(int other) {
    return new ServerSettings(
        host,
        other,
        eventBytes,
        requestBytes,
        batchEvents,
        journalMegabytes,
        requestsPerMinute,
        uploadMegabytes,
        importMegabytes,
        importMinutes,
        stopSeconds,
        proxies,
        web,
        people);
  }

  static int whole(Map<String, String> all, String name, int least, int most) {
    String text = all.getOrDefault(name, "");
    Integer number = number(text.strip());
    if (number == null || number < least || number > most) {
      throw new InputException(
          "server setting %s: '%s' is no whole number from %d to %d (in pulso.yaml under server, or %s%s)"
              .formatted(name, text, least, most, PREFIX, name.toUpperCase(Locale.ROOT)));
    }
    return number;
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
