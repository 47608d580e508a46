package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.ListView.Cell;
import io.pulso.server.page.customer.ListView.Column;
import io.pulso.server.page.customer.ListView.Row;
import io.pulso.server.score.AccountPeople;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.store.OpaqueIds;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a roster that one page of a list shows, in the words of its reader.
final class ListRows {
  private final View view;
  private final Roster roster;
  private final OpaqueIds ids;
  private final Sight sight;
  private final Visit visit;
  private final List<Column> columns;

  /// How many people the accounts have; nobody where that is not shown.
  private Map<Integer, AccountPeople> teams = Map.of();

  ListRows(
      View view, Roster roster, OpaqueIds ids, Sight sight, Visit visit, List<Column> columns) {
    this.view = view;
    this.roster = roster;
    this.ids = ids;
    this.sight = sight;
    this.visit = visit;
    this.columns = columns;
  }

  List<Row> of(int[] rows) {
    int[] numbers = Arrays.stream(rows).map(roster::number).toArray();
    Standings standings = view.standings(roster.kind());
    Map<Integer, String> traits = standings.traits(numbers, roster.day());
    Map<Integer, String> accounts =
        roster.kind() == Model.Subject.CUSTOMER
            ? standings.accounts(numbers, roster.day())
            : Map.of();
    boolean told =
        columns.stream()
            .anyMatch(column -> column.key().equals("people") || column.key().equals("breadth"));
    teams = told ? AccountPeople.of(view, roster.use(), numbers, roster.day()) : Map.of();
    List<Row> found = new ArrayList<>();
    for (int row : rows) {
      int number = roster.number(row);
      found.add(row(row, Named.traits(traits.get(number)), accounts.get(number)));
    }
    return found;
  }

  private Row row(int row, Json.Obj traits, @Nullable String account) {
    int number = roster.number(row);
    Named named = Named.of(roster.kind(), roster.id(row), traits, sight);
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Column column : columns) {
      cells.put(column.key(), cell(column, row, traits, account));
    }
    return new Row(
        ids.of(roster.kind(), number),
        Area.at(ids, roster.kind(), number),
        named.name(),
        named.isId() ? "" : roster.id(row),
        score(row),
        tags(row),
        cells);
  }

  private List<String> tags(int row) {
    List<String> tags = new ArrayList<>();
    if (roster.objected(row)) {
      tags.add("customers.tag_objected");
    } else if (roster.ramping(row)) {
      tags.add("customers.tag_ramping");
    } else if (roster.inactive(row)) {
      tags.add("customers.tag_inactive");
    }
    return tags;
  }

  private ListView.@Nullable Score score(int row) {
    Long score = roster.score(row);
    Band band = roster.band(row);
    InUse use = roster.use();
    if (score == null || band == null || use == null) {
      return null;
    }
    List<Band> bands = use.model().bands();
    return new ListView.Score(
        visit.figures().decimal(score / 1000.0, 1),
        Meter.percent(bands, score),
        visit.text(band.title(), band.id()),
        BandStyle.of(bands, band));
  }

  private Cell cell(Column column, int row, Json.Obj traits, @Nullable String account) {
    return switch (column.key()) {
      case "account" -> account == null ? Cell.NONE : new Cell(account, "");
      case "last_seen" -> new Cell(Seen.words(visit, roster.lastDay(row), roster.day()), "");
      case "first_seen" -> new Cell(visit.figures().day(roster.firstDay(row)), "");
      case "id" -> new Cell(roster.id(row), "");
      case "people", "breadth" -> people(column.key(), row);
      case "score", "band", "trend" -> Cell.NONE;
      default -> {
        String trait = column.key().substring("trait:".length());
        yield new Cell(Named.text(sight.traits(traits).get(trait)), "");
      }
    };
  }

  private Cell people(String which, int row) {
    AccountPeople people = teams.get(roster.number(row));
    Double breadth = people == null ? null : people.breadth();
    return people == null
        ? Cell.NONE
        : new Cell(
            which.equals("people")
                ? visit.figures().count(people.people())
                : breadth == null ? "" : visit.figures().percent(breadth),
            "");
  }
}
