package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.store.GivenPoints;
import io.pulso.server.store.Links;
import io.pulso.server.store.Sentiments;
import io.pulso.server.store.Shares;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page of a customer or account shows.
///
/// @param here its address
/// @param model the title of the model; empty where none scores them
/// @param objected since when they object to being scored, in words; empty where they do not
/// @param score null where there is none
public record SubjectView(
    Model.Subject kind,
    String here,
    String id,
    String name,
    boolean isId,
    List<String> tags,
    String model,
    String version,
    String objected,
    @Nullable Score score,
    @Nullable Coverage coverage,
    History history,
    Why why,
    @Nullable Next next,
    List<Trait> traits,
    List<Fact> facts,
    Change change,
    @Nullable Hand hand,
    @Nullable Team team) {
  public boolean isCustomer() {
    return kind == Model.Subject.CUSTOMER;
  }

  /// Texts of customers and of accounts have keys of their own.
  public String list() {
    return isCustomer() ? "/customers" : "/accounts";
  }

  /// The score now.
  ///
  /// @param without the score had nobody given points; empty where it is the same
  public record Score(
      String text,
      int percent,
      String band,
      String style,
      String meaning,
      String advice,
      String without) {}

  /// How much of the score comes from sources that still send.
  public record Coverage(String share, String sources) {}

  /// The scores of the last days.
  public record History(Json chart, List<Day> days) {
    /// One of them.
    public record Day(String day, String score, String band) {}

    public boolean isEmpty() {
      return days.isEmpty();
    }
  }

  /// Why the score is what it is.
  ///
  /// @param total of the lines; they add up to it
  public record Why(List<Reasons.Line> lines, String total, String culprit) {}

  /// What would lift them.
  ///
  /// @param missing points up to the next band
  public record Next(String band, String style, String missing, List<Step> steps) {
    /// One way.
    ///
    /// @param usual units in a usual week
    public record Step(String title, String units, String usual, boolean capped) {}
  }

  /// A trait.
  public record Trait(String name, String value, boolean masked) {}

  /// What is told beside.
  ///
  /// @param href empty where it leads nowhere
  public record Fact(String key, String value, String href) {}

  /// The days between which a change is explained.
  public record Change(String from, String to, String least, String most) {}

  /// What was entered by hand.
  ///
  /// @param models names and titles of the models under which points can be given
  public record Hand(
      List<GivenPoints.Row> points,
      List<Sentiments.Row> sentiments,
      List<Links.Made> links,
      List<Links.Undone> undone,
      List<Shares.Row> shares,
      List<Choice> models,
      int today) {
    /// The latest sentiment; null where there is none.
    public Sentiments.@Nullable Row sentiment() {
      return sentiments.isEmpty() ? null : sentiments.getFirst();
    }
  }

  /// Something to choose.
  public record Choice(String name, String title) {}

  /// The people of an account.
  ///
  /// @param champion name of the busiest; empty where there is none
  public record Team(
      int people,
      int active,
      String breadth,
      String champion,
      String championHref,
      String championShare,
      boolean isFragile,
      List<ListView.Row> rows,
      String all,
      List<Value> tiers) {}

  /// A value that a trait had.
  public record Value(String value, String since) {}
}
