package io.pulso.server.page.settings;

import io.pulso.server.access.Tokens;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Person;
import java.util.HashMap;
import java.util.Map;

/// The names of those whom the audit log knows by their ids.
final class Actors {
  private final Map<String, String> names = new HashMap<>();

  Actors(Site site) {
    for (Person person : site.people().all()) {
      names.put("person " + person.id(), person.name());
    }
    for (Tokens.Token token : site.parts().tokens().list()) {
      names.put("token " + token.id(), token.name());
    }
  }

  /// A name as people know it.
  String name(Visit visit, String actor) {
    String name = names.get(actor);
    if (name != null && !name.isEmpty()) {
      return actor.startsWith("token ") ? visit.t("audit.token", "name", name) : name;
    }
    return actor.equals("command line") ? visit.t("audit.command_line") : actor;
  }
}
