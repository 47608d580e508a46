package io.pulso.server.page;

import io.pulso.engine.json.Json;
import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import io.pulso.server.people.Theme;
import java.util.Map;

/// What stands around every page: language, theme, search.
final class FramePages {
  private final People people;

  FramePages(People people) {
    this.people = people;
  }

  void add(Pages pages) {
    pages.post("/me/language", Role.VIEWER, this::language);
    pages.post("/me/theme", Role.VIEWER, this::theme);
  }

  private Shown language(Visit visit) {
    Language language = Language.of(visit.form("language"));
    if (language == null) {
      throw new Missing("language");
    }
    people.change(visit.person().withLanguage(language.code()));
    return Shown.redirect(Visit.local(visit.form("back")));
  }

  private Shown theme(Visit visit) {
    String given = visit.form("theme");
    Theme theme = given == null ? Theme.SYSTEM : Theme.of(given);
    people.change(visit.person().withTheme(theme));
    return Shown.data(new Json.Obj(Map.of("theme", new Json.Str(theme.word()))));
  }
}
