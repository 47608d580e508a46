package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.edit.Trail;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.Roster;
import io.pulso.server.store.ParquetOut;
import io.pulso.server.store.Standings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lists as files: all rows that are asked for, with what the reader may see.
final class ListExports {
  private static final int AT_ONCE = 2_000;

  private final Area area;
  private final ListPages lists;

  ListExports(Area area, ListPages lists) {
    this.area = area;
    this.lists = lists;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      pages.get(Area.at(kind) + "/export/{format}", Role.ANALYST, visit -> export(visit, kind));
    }
  }

  /// One row.
  private record Line(
      String id,
      String name,
      String account,
      @Nullable Long score,
      String band,
      int firstDay,
      @Nullable Integer lastDay,
      String traits) {}

  private Shown export(Visit visit, Model.Subject kind) {
    String format = visit.part("format");
    if (!format.equals("csv") && !format.equals("parquet")) {
      throw new Missing("format");
    }
    ListState state = lists.state(visit, kind, visit.shortParam("view"));
    return lists.ask(
        visit,
        kind,
        state,
        asked -> {
          area.edits()
              .note(
                  Area.editor(visit),
                  new Trail.Deed(
                      "list.exported",
                      null,
                      -1,
                      "",
                      ListPages.name(kind) + " " + asked.rows().cardinality()));
          return format.equals("csv") ? csv(kind, asked) : parquet(kind, asked);
        });
  }

  private static Shown csv(Model.Subject kind, ListPages.Asked asked) {
    // Read while the store is at hand; written when the reader takes it.
    Path file = temporary(".csv");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8))) {
      out.write(
          "%s,name,%sscore,band,first_seen,last_seen,traits\r\n"
              .formatted(
                  kind == Model.Subject.CUSTOMER ? "customer" : "account",
                  kind == Model.Subject.CUSTOMER ? "account," : ""));
      each(kind, asked, line -> write(out, kind, line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Shown.Download(
        ListPages.name(kind) + ".csv", "text/csv; charset=utf-8", to -> send(file, to));
  }

  private static void write(Writer out, Model.Subject kind, Line line) {
    List<String> cells = new ArrayList<>();
    cells.add(SafeCsv.text(line.id()));
    cells.add(SafeCsv.text(line.name()));
    if (kind == Model.Subject.CUSTOMER) {
      cells.add(SafeCsv.text(line.account()));
    }
    Long score = line.score();
    Integer last = line.lastDay();
    cells.add(score == null ? "" : SafeCsv.points(score));
    cells.add(SafeCsv.text(line.band()));
    cells.add(LocalDate.ofEpochDay(line.firstDay()).toString());
    cells.add(last == null ? "" : LocalDate.ofEpochDay(last).toString());
    cells.add(SafeCsv.text(line.traits()));
    try {
      out.write(String.join(",", cells));
      out.write("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shown parquet(Model.Subject kind, ListPages.Asked asked) {
    Path file = temporary(".parquet");
    boolean customer = kind == Model.Subject.CUSTOMER;
    List<ParquetOut.Column> columns = new ArrayList<>();
    columns.add(new ParquetOut.Column(customer ? "customer" : "account", ParquetOut.Kind.TEXT));
    columns.add(new ParquetOut.Column("name", ParquetOut.Kind.TEXT));
    if (customer) {
      columns.add(new ParquetOut.Column("account", ParquetOut.Kind.TEXT));
    }
    columns.add(new ParquetOut.Column("score", ParquetOut.Kind.POINTS));
    columns.add(new ParquetOut.Column("band", ParquetOut.Kind.TEXT));
    columns.add(new ParquetOut.Column("first_seen", ParquetOut.Kind.DAY));
    columns.add(new ParquetOut.Column("last_seen", ParquetOut.Kind.DAY));
    columns.add(new ParquetOut.Column("traits", ParquetOut.Kind.TEXT));
    try (ParquetOut out = new ParquetOut(columns)) {
      each(
          kind,
          asked,
          line ->
              out.add(cells -> {
                ParquetOut.Cells at = cells.text(line.id()).text(line.name());
                at = customer ? at.text(line.account()) : at;
                at = at.points(line.score()).text(line.band()).day(line.firstDay());
                Integer last = line.lastDay();
                (last == null ? at.noDay() : at.day(last)).text(line.traits());
              }));
      out.write(file);
    }
    return new Shown.Download(
        ListPages.name(kind) + ".parquet", "application/vnd.apache.parquet", to -> send(file, to));
  }

  private static Path temporary(String ending) {
    try {
      return Files.createTempFile("pulso-list", ending);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Path file, OutputStream to) throws IOException {
    try {
      Files.copy(file, to);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// Reads the rows in their order, some at a time.
  private static void each(Model.Subject kind, ListPages.Asked asked, Consumer<Line> to) {
    Roster roster = asked.roster();
    int[] order = Arrays.stream(roster.order(asked.sort())).filter(asked.rows()::get).toArray();
    Standings standings = asked.view().standings(kind);
    for (int from = 0; from < order.length; from += AT_ONCE) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + AT_ONCE, order.length));
      int[] numbers = Arrays.stream(rows).map(roster::number).toArray();
      Map<Integer, String> traits = standings.traits(numbers, roster.day());
      Map<Integer, String> accounts =
          kind == Model.Subject.CUSTOMER ? standings.accounts(numbers, roster.day()) : Map.of();
      for (int row : rows) {
        int number = roster.number(row);
        Json.Obj has = Named.traits(traits.get(number));
        Json.Obj told = asked.sight().traits(has);
        Named named = Named.of(kind, roster.id(row), has, asked.sight());
        Band band = roster.band(row);
        to.accept(
            new Line(
                roster.id(row),
                named.isId() ? "" : named.name(),
                accounts.getOrDefault(number, ""),
                roster.score(row),
                band == null ? "" : band.id(),
                roster.firstDay(row),
                roster.lastDay(row),
                io.pulso.engine.json.JsonText.write(told)));
      }
    }
  }
}
