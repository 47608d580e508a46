package io.pulso.server.app;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Grid;
import io.pulso.engine.model.GridReader;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Language;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The settings of a workspace, from its `pulso.yaml`.
///
/// @param zone the time zone whose days are scored; default UTC
/// @param defaultModel the model that commands mean when they name none
/// @param grid the fit × engagement grid
/// @param server what it says of the server
/// @param sources what it says of sources, by their names
/// @param keep what is kept, and for how long
/// @param personal traits whose values viewers and analysts do not see
/// @param weekStart the first day of a week on the pages
/// @param languages in which the pages are offered, by their codes; the first one is for browsers
///   that ask for none of them
/// @param sessionMinutes the longest pause that does not end a session
/// @param activation what a customer does who has got value; null where it is not said
/// @param silenceDays without activity after which a customer counts as gone silent
/// @param bounceLine the percent above which a bounce rate is told as high
public record Settings(
    ZoneId zone,
    @Nullable String defaultModel,
    @Nullable Grid grid,
    Map<String, String> server,
    Map<String, SourceSettings> sources,
    KeepSettings keep,
    Set<String> personal,
    DayOfWeek weekStart,
    List<String> languages,
    int sessionMinutes,
    @Nullable Expression activation,
    int silenceDays,
    int bounceLine) {
  /// Traits that say who somebody is rather than what they do.
  static final Set<String> USUALLY_PERSONAL =
      Set.of(
          "email",
          "phone",
          "name",
          "firstName",
          "first_name",
          "lastName",
          "last_name",
          "username",
          "address",
          "street",
          "birthday",
          "avatar");

  private static final int MOST_TRAITS = 200;
  private static final int LONGEST = 200;
  private static final int SILENCE = 30;
  private static final int LONGEST_SILENCE = 730;
  private static final int BOUNCE_LINE = 40;
  private static final Map<String, DayOfWeek> STARTS =
      Map.of(
          "monday", DayOfWeek.MONDAY, "saturday", DayOfWeek.SATURDAY, "sunday", DayOfWeek.SUNDAY);

  static final List<String> FIELDS =
      List.of(
          "time_zone",
          "default_model",
          "grid",
          "server",
          "sources",
          "keep",
          "personal_traits",
          "week_starts",
          "languages",
          "session_minutes",
          "activation",
          "silence_days",
          "bounce_line");
  private static final int SESSION_MINUTES = 30;
  private static final int LONGEST_PAUSE = 24 * 60;

  /// Reads the text of a `pulso.yaml`; a field that is not known is refused.
  public static Settings read(String file, String text) {
    Notes faults = new Notes(file);
    Yaml root = text.isBlank() ? null : YamlText.read(text, faults);
    Fields fields = root == null ? null : Fields.of(root, "", FIELDS, faults);
    ZoneId zone = ZoneId.of("UTC");
    String model = null;
    Grid grid = null;
    Map<String, String> server = Map.of();
    Map<String, SourceSettings> sources = Map.of();
    KeepSettings keep = KeepSettings.USUAL;
    Set<String> personal = USUALLY_PERSONAL;
    @Nullable DayOfWeek weekStart = null;
    List<String> languages = Language.codes();
    @Nullable Integer sessionMinutes = null;
    Expression activation = null;
    @Nullable Integer silence = null;
    @Nullable Integer bounceLine = null;
    if (fields != null) {
      zone = zone(fields);
      model = fields.name("default_model");
      grid = GridReader.read(fields, "grid");
      server = ServerSettings.read(fields.under("server", ServerSettings.FIELDS));
      sources = SourceSettings.read(fields, "sources");
      keep = KeepSettings.read(fields.under("keep", KeepSettings.FIELDS));
      personal = fields.has("personal_traits") ? traits(fields) : USUALLY_PERSONAL;
      weekStart = fields.choice("week_starts", STARTS);
      languages = fields.has("languages") ? languages(fields) : languages;
      sessionMinutes = fields.whole("session_minutes", 1, LONGEST_PAUSE);
      activation = MatchReader.event(fields, "activation", "", new Notes(file));
      silence = fields.whole("silence_days", 1, LONGEST_SILENCE);
      bounceLine = fields.whole("bounce_line", 1, 100);
    }
    if (!faults.isEmpty()) {
      throw new InputException(String.join("\n", faults.list()));
    }
    return new Settings(
        zone,
        model,
        grid,
        server,
        sources,
        keep,
        personal,
        weekStart == null ? DayOfWeek.MONDAY : weekStart,
        languages,
        sessionMinutes == null ? SESSION_MINUTES : sessionMinutes,
        activation,
        silence == null ? SILENCE : silence,
        bounceLine == null ? BOUNCE_LINE : bounceLine);
  }

  /// These settings, with what cannot change while a server runs as it was when it started.
  Settings startedAs(Settings other) {
    return new Settings(
        other.zone,
        defaultModel,
        grid,
        other.server,
        sources.equals(other.sources) ? other.sources : sources,
        keep,
        personal,
        weekStart,
        languages,
        other.sessionMinutes,
        activation,
        silenceDays,
        bounceLine);
  }

  private static List<String> languages(Fields fields) {
    List<String> codes = new ArrayList<>();
    for (Yaml each : fields.items("languages", MOST_TRAITS)) {
      String code = each instanceof Yaml.Scalar scalar ? scalar.text() : "";
      if (Language.of(code) == null) {
        fields.wrong("languages", "a list of some of " + String.join(", ", Language.codes()), each);
      } else if (!codes.contains(code)) {
        codes.add(code);
      }
    }
    if (codes.isEmpty()) {
      fields.fault("languages", "'languages' names none; the pages need at least one");
    }
    return List.copyOf(codes);
  }

  private static Set<String> traits(Fields fields) {
    Set<String> traits = new TreeSet<>();
    for (Yaml each : fields.items("personal_traits", MOST_TRAITS)) {
      if (each instanceof Yaml.Scalar scalar
          && !scalar.text().isBlank()
          && scalar.text().length() <= LONGEST) {
        traits.add(scalar.text());
      } else {
        fields.wrong("personal_traits", "a list of names of traits", each);
      }
    }
    return Collections.unmodifiableSet(traits);
  }

  private static ZoneId zone(Fields fields) {
    String name = fields.text("time_zone", 100);
    if (name == null) {
      return ZoneId.of("UTC");
    }
    try {
      return zone(name);
    } catch (InputException e) {
      fields.fault("time_zone", String.valueOf(e.getMessage()));
      return ZoneId.of("UTC");
    }
  }

  /// The zone of that name.
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new InputException(
          "'%s' is no time zone; give a name such as Europe/Berlin, or UTC".formatted(name), e);
    }
  }
}
