package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.edit.BulkJob;
import io.pulso.server.store.SavedViews;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page of a list shows.
///
/// @param at where the pages of its kind begin
/// @param view the id of its state; empty for everybody
/// @param saved the named view that is open; null where none is
/// @param fault what is wrong with what was asked; null where nothing is
/// @param model the title of the model that scores; empty where none does
/// @param next the address of what comes next; null at the end
/// @param trends where the trends of the shown rows are found; empty where there are none
/// @param segments that there are
/// @param job a change that goes on; null where there is none
public record ListView(
    Model.Subject kind,
    String at,
    ListState state,
    String view,
    SavedViews.@Nullable Row saved,
    List<SavedViews.Row> views,
    @Nullable String fault,
    String model,
    String sort,
    List<Column> columns,
    List<Column> choices,
    List<Chip> bands,
    List<String> events,
    List<String> traits,
    List<Row> rows,
    int total,
    int everybody,
    @Nullable String next,
    boolean isFirst,
    String trends,
    List<Choice> segments,
    @Nullable BulkJob job) {

  /// One of some things to choose.
  public record Choice(String name, String title) {}

  /// A column.
  ///
  /// @param key of what it shows, such as `score` or `trait:plan`
  /// @param sort by which it can be sorted; empty where it cannot
  public record Column(String key, String title, String sort, boolean isNumber) {
    public boolean isTrait() {
      return key.startsWith("trait:");
    }
  }

  /// A band to pick.
  public record Chip(String id, String title, String style, boolean picked) {}

  /// The score of a row.
  ///
  /// @param percent how far the meter goes
  public record Score(String text, int percent, String band, String style) {}

  /// What stands in a cell.
  ///
  /// @param href empty where it leads nowhere
  public record Cell(String text, String href) {
    static final Cell NONE = new Cell("", "");
  }

  /// A customer or account.
  ///
  /// @param tags keys of texts that say something of them
  public record Row(
      String opaque,
      String href,
      String name,
      String sub,
      @Nullable Score score,
      List<String> tags,
      Map<String, Cell> cells) {
    public Cell cell(Column column) {
      return cells.getOrDefault(column.key(), Cell.NONE);
    }
  }

  public boolean isCustomers() {
    return kind == Model.Subject.CUSTOMER;
  }

  /// Texts of customers and of accounts have keys of their own.
  public String key(String name) {
    return (isCustomers() ? "customers." : "accounts.") + name;
  }

  /// This list in another order.
  public String sorted(Column column) {
    String other = sort.equals("-" + column.sort()) ? column.sort() : "-" + column.sort();
    String first = column.sort().equals("id") && !sort.equals("id") ? "id" : other;
    return at + "?" + (view.isEmpty() ? "" : "view=" + view + "&") + "sort=" + first;
  }

  /// `ascending`, `descending`, or null.
  public @Nullable String direction(Column column) {
    return column.sort().isEmpty()
        ? null
        : sort.equals(column.sort())
            ? "ascending"
            : sort.equals("-" + column.sort()) ? "descending" : null;
  }

  public boolean shows(String key) {
    return columns.stream().anyMatch(column -> column.key().equals(key));
  }
}
