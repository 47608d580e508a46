package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.edit.Edits;
import io.pulso.server.edit.TraitValues;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.Individual;
import io.pulso.server.store.Links;
import io.pulso.server.store.Sentiments;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What people enter on the page of a customer or account.
final class EditPages {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final Area area;
  private final SubjectPages subjects;

  EditPages(Area area, SubjectPages subjects) {
    this.area = area;
    this.subjects = subjects;
  }

  void add(Pages pages) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = Area.at(kind) + "/{id}";
      post(pages, kind, at + "/traits", this::trait);
      post(pages, kind, at + "/sentiment", this::sentiment);
      post(pages, kind, at + "/points", this::points);
      post(pages, kind, at + "/points/{no}/end", this::endPoints);
    }
    Model.Subject customer = Model.Subject.CUSTOMER;
    post(pages, customer, "/customers/{id}/unlink", this::unlink);
    post(pages, customer, "/customers/{id}/relink/{no}", this::relink);
  }

  private interface Changing {
    void change(Visit visit, Individual who);
  }

  /// Goes back to the page when it is done; what is wrong is told there.
  private void post(Pages pages, Model.Subject kind, String path, Changing changing) {
    pages.post(
        path,
        Role.MANAGER,
        visit -> {
          Individual who =
              area.site().questions().ask((store, view) -> area.find(visit, store, view, kind));
          try {
            changing.change(visit, who);
          } catch (InputException e) {
            return subjects.show(visit, kind, String.valueOf(e.getMessage()));
          }
          return Shown.redirect(Area.at(kind) + "/" + visit.part("id"));
        });
  }

  private static String needed(Visit visit, String name, String what) {
    String value = visit.form(name);
    if (value == null || value.isBlank()) {
      throw new InputException(what + " is missing");
    }
    return value.strip();
  }

  private static String text(Visit visit, String name) {
    String value = visit.form(name);
    return value == null ? "" : value.strip();
  }

  private void trait(Visit visit, Individual who) {
    String name = needed(visit, "trait", "the name of the trait");
    area.edits()
        .setTraits(
            Area.editor(visit),
            who.kind(),
            who.id(),
            Map.of(name, TraitValues.read(text(visit, "value"))));
  }

  private void sentiment(Visit visit, Individual who) {
    String word = needed(visit, "mood", "the sentiment");
    Sentiments.Mood mood =
        List.of(Sentiments.Mood.values()).stream()
            .filter(each -> each.code().equals(word.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new InputException("there is no sentiment '%s'".formatted(word)));
    area.edits().say(Area.editor(visit), who.kind(), who.id(), mood, text(visit, "note"));
  }

  private void points(Visit visit, Individual who) {
    String given = needed(visit, "points", "the number of points");
    long milli;
    try {
      milli = new BigDecimal(given.replace(',', '.')).movePointRight(3).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new InputException(
          "'%s' is no number of points with at most 3 decimals".formatted(given), e);
    }
    String days = needed(visit, "days", "the number of days");
    if (!days.matches("[0-9]{1,4}")) {
      throw new InputException("'%s' is no number of days".formatted(days));
    }
    area.edits()
        .givePoints(
            Area.editor(visit),
            who.kind(),
            who.id(),
            new Edits.Points(
                needed(visit, "model", "the model"),
                milli,
                Integer.parseInt(days),
                needed(visit, "reason", "the reason")));
  }

  private static long number(Visit visit) {
    String text = visit.part("no");
    if (!NUMBER.matcher(text).matches()) {
      throw new Missing("number");
    }
    return Long.parseLong(text);
  }

  /// Only what belongs to the customer or account whose page it is can be changed there.
  private void endPoints(Visit visit, Individual who) {
    long no = number(visit);
    boolean own =
        area.site()
            .questions()
            .ask((store, view) ->
                store.byHand().points().of(who.kind(), who.number()).stream()
                    .anyMatch(row -> row.no() == no));
    if (!own) {
      throw new Missing("points");
    }
    area.edits().endPoints(Area.editor(visit), no);
  }

  private void unlink(Visit visit, Individual who) {
    String from = needed(visit, "from", "the id");
    boolean own =
        area.site()
            .questions()
            .ask((store, view) ->
                store.byHand().links().of(who.number()).stream()
                    .map(Links.Made::id)
                    .anyMatch(from::equals));
    if (!own) {
      throw new Missing("link");
    }
    area.edits().undoLink(Area.editor(visit), from, text(visit, "note"));
  }

  private void relink(Visit visit, Individual who) {
    long no = number(visit);
    boolean own =
        area.site()
            .questions()
            .ask((store, view) ->
                store.byHand().links().undone(who.number()).stream()
                    .anyMatch(row -> row.no() == no));
    if (!own) {
      throw new Missing("link");
    }
    area.edits().restoreLink(Area.editor(visit), no);
  }
}
