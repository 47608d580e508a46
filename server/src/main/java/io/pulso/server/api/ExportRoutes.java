package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.score.PeopleLine;
import io.pulso.server.score.RejectedLine;
import io.pulso.server.score.ScoreCsv;
import io.pulso.server.score.ScoreRows;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.score.SegmentLine;
import io.pulso.server.store.Exports;
import io.pulso.server.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/// What is stored, on its way out. An export ends when its reader goes or its time is over, and
/// then the connection is cut, so that a part never looks like the whole.
final class ExportRoutes {
  private static final System.Logger LOG = System.getLogger(ExportRoutes.class.getName());
  private static final int ROOM = 1 << 16;
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final String LINES = "jsonl";
  private static final Map<String, String> TYPES =
      Map.of(
          "csv",
          "text/csv; charset=utf-8",
          "json",
          "application/json",
          LINES,
          "application/x-ndjson",
          "parquet",
          "application/vnd.apache.parquet");

  private final Api.Parts parts;
  private final Questions questions;

  ExportRoutes(Api.Parts parts, Questions questions) {
    this.parts = parts;
    this.questions = questions;
  }

  void add(Routes routes) {
    add(routes, "scores", List.of("csv", "json", "parquet"), this::scores);
    add(routes, "events", List.of(LINES), this::events);
    add(routes, "customers", List.of(LINES, "csv"), ask -> people(ask, Model.Subject.CUSTOMER));
    add(routes, "accounts", List.of(LINES, "csv"), ask -> people(ask, Model.Subject.ACCOUNT));
    add(routes, "rejected", List.of(LINES), this::rejected);
  }

  /// One export that is asked for.
  private record Ask(Call call, String format, Context context) {}

  private interface Exporting {
    void run(Ask ask) throws IOException;
  }

  private void add(Routes routes, String what, List<String> formats, Exporting exporting) {
    routes.raw(
        "GET",
        "/api/v1/exports/" + what,
        new Routes.Right(Scope.READ, false),
        (call, ctx) -> {
          String said = call.one("format", formats);
          Ask ask = new Ask(call, said == null ? formats.getFirst() : said, ctx);
          exporting.run(ask);
        });
  }

  private interface Writing {
    void into(OutputStream out) throws IOException;
  }

  /// Begins the answer; from then on faults cut the connection.
  private static void send(Ask ask, String name, Writing writing) {
    ask.context().status(200);
    ask.context().res().setContentType(TYPES.get(ask.format()));
    ask.context()
        .header(
            "Content-Disposition", "attachment; filename=\"%s.%s\"".formatted(name, ask.format()));
    ask.context().header("X-Content-Type-Options", "nosniff");
    try {
      OutputStream raw = ask.context().res().getOutputStream();
      OutputStream out = new BufferedOutputStream(new Timed(raw, LONGEST), ROOM);
      writing.into(out);
      out.flush();
    } catch (IOException | UncheckedIOException | StoreException e) {
      LOG.log(System.Logger.Level.INFO, "an export ended early", e);
      cut(ask.context());
    }
  }

  private static void cut(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  /// Bytes that take no longer than they may.
  private static final class Timed extends OutputStream {
    private final OutputStream out;
    private final long end;

    Timed(OutputStream out, Duration longest) {
      this.out = out;
      this.end = System.nanoTime() + longest.toNanos();
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the export took too long");
      }
      out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  private static void line(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void scores(Ask ask) throws IOException {
    boolean all = "all".equals(ask.call().one("population", ListRoutes.POPULATIONS));
    int day = questions.day(ask.call());
    ScoreTable table =
        questions.ask((store, view) -> {
          String name = ask.call().text("model");
          Integer version = ask.call().whole("version", 1, Integer.MAX_VALUE);
          InUse use = parts.models().find(store, name, version, day);
          return new Scoring(view).table(use, day, all);
        });
    switch (ask.format()) {
      case "csv" -> send(ask, "scores", out -> ScoreCsv.write(table, out));
      case "json" -> send(ask, "scores", out -> ScoreRows.json(table, out));
      default -> parquet(ask, table);
    }
  }

  private static void parquet(Ask ask, ScoreTable table) throws IOException {
    Path file = Files.createTempFile("pulso-scores", ".parquet");
    try {
      ScoreRows.parquet(table, file);
      send(ask, "scores", out -> Files.copy(file, out));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void events(Ask ask) {
    String source = ask.call().free("source");
    questions.ask((store, view) -> {
      Exports exports = store.exports();
      List<String> all = exports.sources();
      if (source != null && !all.contains(source)) {
        throw new InputException("there is no source '%s'".formatted(source));
      }
      List<String> wanted = source == null ? all : List.of(source);
      send(
          ask,
          "events",
          out ->
              wanted.forEach(name -> exports.records(name, row -> line(out, SegmentLine.of(row)))));
      return true;
    });
  }

  private void people(Ask ask, Model.Subject kind) {
    String word = Questions.word(kind);
    boolean csv = ask.format().equals("csv");
    questions.ask((store, view) -> {
      List<Exports.Somebody> people =
          switch (kind) {
            case CUSTOMER -> store.exports().customers();
            case ACCOUNT -> store.exports().accounts();
          };
      send(
          ask,
          word + "s",
          out -> {
            if (csv) {
              line(out, PeopleLine.header(word));
            }
            people.forEach(
                one -> line(out, csv ? PeopleLine.csv(one) : PeopleLine.json(word, one)));
          });
      return true;
    });
  }

  private void rejected(Ask ask) {
    String reason = ask.call().one("reason", RejectedRoutes.WORDS);
    questions.ask((store, view) -> {
      send(
          ask,
          "rejected",
          out ->
              store
                  .rejected()
                  .each(reason == null ? "" : reason, row -> line(out, RejectedLine.of(row))));
      return true;
    });
  }
}
