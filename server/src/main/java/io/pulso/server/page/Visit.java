package io.pulso.server.page;

import gg.jte.Content;
import io.javalin.http.Context;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Texts;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Session;
import io.pulso.server.people.Sessions;
import io.pulso.server.score.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request of a page: who asks, in which language, for what.
public final class Visit {
  /// The lengths of time that pages look at.
  public static final List<Integer> PERIODS = List.of(7, 30, 90);

  private static final int USUAL_PERIOD = 30;
  private static final String PERIOD = "days";
  private static final int LONGEST = 2_000;
  private static final Pattern GAPS = Pattern.compile("[^\\p{L}]+");

  private final Context context;
  private final Site site;
  private final @Nullable Session session;
  private final Language language;
  private final Figures figures;

  Visit(Context context, Site site, @Nullable Session session) {
    this.context = context;
    this.site = site;
    this.session = session;
    List<String> offered = site.setup().languages();
    Language own = session == null ? null : Language.of(session.person().language());
    this.language =
        own == null || !offered.contains(own.code())
            ? Language.accepted(context.header("Accept-Language"), offered)
            : own;
    this.figures =
        new Figures(
            language.locale(), site.zone(), site.clock(), (key, n) -> form(key, n == 1, "n", n));
  }

  /// Who asks; nobody at pages that are open to all.
  public @Nullable Session session() {
    return session;
  }

  public Person person() {
    if (session == null) {
      throw new IllegalStateException("nobody has signed in");
    }
    return session.person();
  }

  public boolean may(Role role) {
    return session != null && session.person().role().allows(role);
  }

  /// What this person sees of customers and accounts: every list, page and export asks it.
  public Sight sight() {
    return site.sight(person());
  }

  /// Signs this browser in; a session that it had ends, and the new one has a new value.
  public void signIn(Sessions.Started started) {
    if (session != null) {
      site.team().sessions().end(session);
    }
    site.visitors().keep(context, started);
  }

  /// Signs this browser out.
  public void signOut() {
    if (session != null) {
      site.team().sessions().end(session);
    }
    site.visitors().forget(context);
  }

  /// Whether this browser can keep a session: over TLS, or on this machine.
  public boolean canSignIn() {
    return site.visitors().canSignIn(context);
  }

  /// What this browser kept while its person was at an identity provider; it is forgotten.
  public @Nullable String back() {
    String kept = site.visitors().away(context);
    site.visitors().keepAway(context, "");
    return kept;
  }

  /// Lets this browser keep something while its person is at an identity provider.
  public void away(String kept) {
    site.visitors().keepAway(context, kept);
  }

  /// The address of these pages, as this browser knows it.
  public String root() {
    String url = site.setup().url();
    return url.isEmpty() ? site.visitors().root(context) : url;
  }

  /// The address of the browser.
  public String address() {
    return site.visitors().address(context);
  }

  /// Writes down what this person does.
  ///
  /// @param about of whom it speaks; null for nobody
  /// @param what such as `of`, `before` and `after`; it names no other customer
  public void note(AuditAction action, Audit.@Nullable About about, Map<String, String> what) {
    site.team().audit().add(Audit.Actor.of(person(), address()), action, about, what);
  }

  public Language language() {
    return language;
  }

  /// Those in which the pages are offered.
  public List<Language> languages() {
    return Language.of(site.setup().languages());
  }

  public Figures figures() {
    return figures;
  }

  /// `light`, `dark` or `system`.
  public String theme() {
    return session == null ? "system" : session.person().theme().word();
  }

  /// A text in the reader's language.
  ///
  /// @param parts names and values by turns; numbers are written as the reader writes them, and the
  ///   one named `n` chooses between singular and plural
  public String t(String key, Object... parts) {
    boolean single = false;
    for (int i = 0; i < parts.length; i += 2) {
      if (parts[i].equals("n") && parts[i + 1] instanceof Number number) {
        single = number.longValue() == 1;
      }
    }
    return form(key, single, parts);
  }

  private String form(String key, boolean single, Object... parts) {
    List<String> texts = new ArrayList<>(parts.length);
    for (Object part : parts) {
      texts.add(
          switch (part) {
            case Integer number -> figures.count(number);
            case Long number -> figures.count(number);
            default -> part.toString();
          });
    }
    return Words.fill(site.words().form(language, key, single), texts);
  }

  /// What is wrong with a model, a setting or a condition, in the reader's language where that is
  /// known.
  public String fault(String english) {
    return site.faults().told(language, english);
  }

  /// Whether there is such a text.
  public boolean has(String key) {
    return site.words().has(key);
  }

  /// A text of an author in the reader's language, else another one.
  public String text(Texts texts, String otherwise) {
    String own = texts.in(language.code());
    return own == null ? otherwise : own;
  }

  public String path() {
    return context.path();
  }

  /// Whether a script asks for a part of a page.
  public boolean isFragment() {
    return "true".equals(context.header("HX-Request"));
  }

  /// A part of the address.
  public String part(String name) {
    return context.pathParam(name);
  }

  /// A parameter of the address; null when it is not there or empty.
  public @Nullable String param(String name) {
    return given(context.queryParam(name));
  }

  /// A field of a form; null when it is not there or empty.
  public @Nullable String form(String name) {
    return given(context.formParam(name));
  }

  public List<String> forms(String name) {
    return context.formParams(name);
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /// As [#param], for a text that is not long.
  public @Nullable String shortParam(String name) {
    String value = param(name);
    return value != null && value.length() > LONGEST ? null : value;
  }

  /// This address with its parameters.
  public String here() {
    String query = context.queryString();
    return context.path() + (query == null ? "" : "?" + query);
  }

  /// Two letters that stand for a name.
  public String initials(String name) {
    List<String> words = GAPS.splitAsStream(name).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      return "";
    }
    return letter(words.getFirst()) + (words.size() > 1 ? letter(words.getLast()) : "");
  }

  /// The colour beside a name, always the same one: 0 to 7.
  public int tone(String name) {
    return Math.floorMod(name.hashCode() * 0x9E3779B1, 1 << 30) >>> 27;
  }

  private static String letter(String word) {
    return word.isEmpty()
        ? ""
        : new String(Character.toChars(word.codePointAt(0))).toUpperCase(java.util.Locale.ROOT);
  }

  /// The number of days that the reader looks at.
  public int days() {
    String asked = param(PERIOD);
    String kept = asked == null ? context.cookie(PERIOD) : asked;
    for (int period : PERIODS) {
      if (String.valueOf(period).equals(kept)) {
        return period;
      }
    }
    return USUAL_PERIOD;
  }

  /// This address with another value of a parameter.
  public String with(String name, Object value) {
    StringBuilder out = new StringBuilder(context.path());
    char sign = '?';
    for (Map.Entry<String, List<String>> each : context.queryParamMap().entrySet()) {
      if (!each.getKey().equals(name)) {
        for (String one : each.getValue()) {
          out.append(sign).append(encode(each.getKey())).append('=').append(encode(one));
          sign = '&';
        }
      }
    }
    return out.append(sign)
        .append(encode(name))
        .append('=')
        .append(encode(value.toString()))
        .toString();
  }

  /// A text as a part of an address.
  public static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  /// What a form must send back.
  public String csrf() {
    return session == null ? "" : session.csrf();
  }

  /// Where a file of the pages is found.
  public String asset(String name) {
    return site.assets().address(name);
  }

  public Content icon(String name) {
    return site.icons().of(name);
  }

  /// Data inside a script element, in which no text can end it.
  public Content json(Json json) {
    String text =
        JsonText.write(json)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029");
    return out -> out.writeContent(text);
  }

  /// The entries of the menu that this person sees, by group.
  public List<Navigation.Item> navigation(Navigation.Group group) {
    return Navigation.ITEMS.stream()
        .filter(item -> item.group() == group && may(item.least()))
        .toList();
  }

  public Site site() {
    return site;
  }

  /// An address of these pages; the first page where the given one is none.
  public static String local(@Nullable String path) {
    return path == null
            || !path.startsWith("/")
            || path.startsWith("//")
            || path.contains("\\")
            || path.chars().anyMatch(c -> c < ' ')
        ? "/"
        : path;
  }

  /// The request itself, for what only its own page needs.
  public Context context() {
    return context;
  }
}
