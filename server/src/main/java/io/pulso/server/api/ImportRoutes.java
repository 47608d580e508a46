package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Imports of files that programs send.
final class ImportRoutes {
  private static final String AT = "/api/v1/imports";
  private static final int LATER_SECONDS = 30;
  private static final List<String> DELIMITERS =
      List.of("comma", "semicolon", "tab", "pipe", "blank");
  private static final List<String> SIGNS = List.of(",", ";", "tab", "|", "blank");
  private static final List<String> YES_NO = List.of("yes", "no");

  private final ImportJobs jobs;

  ImportRoutes(ImportJobs jobs) {
    this.jobs = jobs;
  }

  void add(Routes routes) {
    routes.raw("POST", AT, new Routes.Right(Scope.WRITE, false), this::start);
    routes.get(
        AT, Scope.READ, call -> new Answer().list("imports", jobs.list(), job -> job).json());
    routes.get(AT + "/{id}", Scope.READ, call -> known(call, jobs.find(call.path("id"))));
    routes.delete(AT + "/{id}", Scope.WRITE, call -> known(call, jobs.cancel(call.path("id"))));
  }

  private static Json known(Call call, Json.@Nullable Obj job) {
    if (job == null) {
      throw new Refused(404, "there is no import '%s'".formatted(call.path("id")));
    }
    return job;
  }

  private void start(Call call, Context ctx) throws IOException {
    String source = call.free("source");
    String name = call.free("name");
    Map<String, String> options = options(call);
    if (ctx.req().getContentLengthLong() > jobs.largest()) {
      throw tooLarge();
    }
    try {
      Json.Obj job =
          jobs.start(
              source == null ? "files" : source,
              name == null ? "upload" : name,
              options,
              ctx.req().getInputStream());
      if (job == null) {
        throw Refused.later("too many imports wait already", LATER_SECONDS);
      }
      Routes.json(ctx, 202, job);
    } catch (ImportJobs.TooLarge e) {
      throw tooLarge();
    }
  }

  private Refused tooLarge() {
    return new Refused(
        413, "a file has at most %d bytes (setting upload_megabytes)".formatted(jobs.largest()));
  }

  private static Map<String, String> options(Call call) {
    Map<String, String> options = new LinkedHashMap<>();
    put(options, "format", call.text("format"));
    put(options, "as", call.text("as"));
    put(options, "zone", call.text("zone"));
    put(options, "time_format", call.free("time_format"));
    put(options, "channel", call.free("channel"));
    put(options, "header", call.one("header", YES_NO));
    put(options, "delimiter", delimiter(call.text("delimiter")));
    put(options, "map", map(call.text("map")));
    return options;
  }

  /// One of the words, or the character itself.
  private static @Nullable String delimiter(@Nullable String asked) {
    if (asked == null || (asked.length() == 1 && asked.charAt(0) > ' ' && !asked.equals("\""))) {
      return asked;
    }
    if (!DELIMITERS.contains(asked)) {
      throw new Refused(
          400,
          "'delimiter' is one character but blanks and quotes, or one of "
              + String.join(", ", DELIMITERS));
    }
    return SIGNS.get(DELIMITERS.indexOf(asked));
  }

  private static void put(Map<String, String> options, String name, @Nullable String text) {
    if (text != null) {
      options.put(name, text);
    }
  }

  /// A line for each part, as `name=EXPRESSION`.
  private static @Nullable String map(@Nullable String json) {
    if (json == null) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    try {
      if (!(JsonText.read(json) instanceof Json.Obj object) || object.isEmpty()) {
        throw wrongMap();
      }
      object
          .fields()
          .forEach((name, value) -> {
            if (!(value instanceof Json.Str(String text)) || (name + text).lines().count() != 1) {
              throw wrongMap();
            }
            lines.add(name + "=" + text);
          });
    } catch (JsonFault e) {
      throw wrongMap();
    }
    return String.join("\n", lines);
  }

  private static InputException wrongMap() {
    return new InputException(
        "'map' is a JSON object with a column or an expression for each part, such as {\"time\":\"InvoiceDate\"}");
  }
}
