package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Importer;
import io.pulso.server.store.RejectReason;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Files that are sent to the server that holds the workspace, one after another.
final class SentFiles {
  private static final long LOOK_MILLIS = 100;
  private static final String AT = "/api/v1/imports";

  private final Remote remote;
  private final Map<String, String> parameters;
  private final ImportBar bar;
  private long before;
  private long recordsBefore;

  SentFiles(Remote remote, Map<String, String> options, String source, ImportBar bar) {
    this.remote = remote;
    this.parameters = new LinkedHashMap<>(options);
    this.parameters.put("source", source);
    this.bar = bar;
  }

  /// Sends all, and waits until they are imported.
  ImportReport send(ImportRequest request) {
    List<Importer.Named> files = Importer.files(request);
    bar.begin(
        files.stream()
            .map(Importer.Named::path)
            .mapToLong(path -> path == null ? 0 : path.toFile().length())
            .sum());
    List<ImportReport> reports = new ArrayList<>();
    for (Importer.Named file : files) {
      reports.add(send(file, request));
    }
    return ImportText.sum(reports);
  }

  private ImportReport send(Importer.Named file, ImportRequest request) {
    Json.Obj job = remote.upload(AT + "?" + query(file), body(file, request));
    String address = AT + "/" + text(job, "id");
    boolean told = false;
    while (text(job, "ended_at").isEmpty()) {
      pause();
      job = remote.ask("GET", address, new Json.Null());
      String mapping = text(job, "mapping");
      if (!told && !mapping.isEmpty()) {
        told = true;
        int format = mapping.indexOf('\n');
        bar.file(file.name(), mapping.substring(0, format), mapping.substring(format + 1));
      }
      bar.reached(before + number(job, "bytes_read"), recordsBefore + number(job, "records_read"));
    }
    before += number(job, "bytes");
    recordsBefore += number(job, "read");
    if (!text(job, "state").equals("done")) {
      String fault = text(job, "fault");
      throw new InputException(fault.isEmpty() ? "the import was cancelled" : fault);
    }
    return new ImportReport(
        1,
        number(job, "read"),
        number(job, "stored"),
        number(job, "duplicates"),
        number(job, "replaced"),
        rejected(job));
  }

  private String query(Importer.Named file) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    Path path = file.path();
    all.put("name", path == null ? "stdin" : String.valueOf(path.getFileName()));
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + Remote.part(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static HttpRequest.BodyPublisher body(Importer.Named file, ImportRequest request) {
    Path path = file.path();
    try {
      return path == null
          ? HttpRequest.BodyPublishers.ofInputStream(request::standardInput)
          : HttpRequest.BodyPublishers.ofFile(path);
    } catch (FileNotFoundException e) {
      throw new InputException(file.name() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted; the server goes on with the import", e);
    }
  }

  private static SortedMap<RejectReason, Long> rejected(Json.Obj job) {
    SortedMap<RejectReason, Long> found = new TreeMap<>();
    if (job.get("rejected") instanceof Json.Obj reasons) {
      reasons
          .fields()
          .forEach((word, rows) ->
              found.put(
                  RejectReason.valueOf(word.toUpperCase(Locale.ROOT)),
                  rows instanceof Json.Num(double count) ? (long) count : 0));
    }
    return found;
  }

  private static String text(Json.Obj job, String name) {
    return job.get(name) instanceof Json.Str(String text) ? text : "";
  }

  private static long number(Json.Obj job, String name) {
    return job.get(name) instanceof Json.Num(double number) ? (long) number : 0;
  }
}
