package io.pulso.server.page.data;

import io.pulso.server.access.WriteKeys;
import io.pulso.server.access.WriteKeys.WriteKey;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.store.SourceCounts;
import io.pulso.server.store.Store;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sources with what they sent, and their write keys.
public final class SourcePages {
  private static final int MOST_PER_MINUTE = 1_000_000;

  private final Site site;

  SourcePages(Site site) {
    this.site = site;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/sources", Role.VIEWER, this::list);
    gate.get("/data/source", Role.VIEWER, this::one);
    gate.post("/data/keys", Role.ADMIN, this::create);
    gate.post("/data/keys/rotate", Role.ADMIN, this::rotate);
    gate.post("/data/keys/revoke", Role.ADMIN, this::revoke);
  }

  /// All sources.
  ///
  /// @param keys those that hold
  /// @param fault why a key was not made; null for none
  public record SourcesView(
      List<SourceCounts.Row> rows, List<WriteKey> keys, @Nullable String fault) {
    public long keysOf(String source) {
      return keys.stream().filter(key -> key.source().equals(source)).count();
    }
  }

  /// One source.
  ///
  /// @param keys that hold, then those that were revoked
  /// @param made a new key, whose value is shown now and never again
  public record SourceView(
      SourceCounts.Row row,
      List<WriteKey> keys,
      WriteKeys.@Nullable Made made,
      List<Snippets.Snippet> snippets) {}

  private Shown list(Visit visit) {
    return Shown.view("data/sources", sources(null));
  }

  private SourcesView sources(@Nullable String fault) {
    try (Store store = site.parts().store().beside()) {
      return new SourcesView(
          store.sourceCounts().list(),
          keys().list().stream().filter(key -> key.revokedAt() == null).toList(),
          fault);
    }
  }

  private WriteKeys keys() {
    return site.parts().keys();
  }

  private Shown one(Visit visit) {
    String name = visit.param("name");
    return Shown.view("data/source", view(visit, name == null ? "" : name, null));
  }

  private SourceView view(Visit visit, String name, WriteKeys.@Nullable Made made) {
    List<WriteKey> keys =
        keys().list().reversed().stream()
            .filter(key -> key.source().equals(name))
            .sorted((a, b) -> Boolean.compare(a.revokedAt() != null, b.revokedAt() != null))
            .toList();
    SourceCounts.Row row;
    try (Store store = site.parts().store().beside()) {
      row =
          store.sourceCounts().list().stream()
              .filter(one -> one.source().equals(name))
              .findFirst()
              .orElseThrow(() -> new Missing("source"));
    }
    boolean browser = made == null ? isBrowser(keys, row) : made.key().browser();
    String value = made == null ? "WRITE_KEY" : made.value();
    String host = Snippets.host(visit);
    return new SourceView(
        row, keys, made, browser ? Snippets.browser(host, value) : Snippets.server(host, value));
  }

  private static boolean isBrowser(List<WriteKey> keys, SourceCounts.Row row) {
    return keys.isEmpty() ? !row.trusted() : keys.getFirst().browser();
  }

  private Shown create(Visit visit) {
    try {
      WriteKeys.Made made = keys().create(wanted(visit), null);
      note(visit, made.key(), "made");
      return shown(visit, made);
    } catch (InputException e) {
      return Shown.refused("data/sources-part", sources(e.getMessage()));
    }
  }

  private static WriteKeys.Wanted wanted(Visit visit) {
    String source = visit.form("source");
    String origins = visit.form("origins");
    String rate = visit.form("per_minute");
    boolean browser = "browser".equals(visit.form("kind"));
    Set<String> from = new LinkedHashSet<>();
    if (browser && origins != null) {
      origins.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(from::add);
    }
    return new WriteKeys.Wanted(
        source == null ? "" : source.strip(), browser, from, rate == null ? 0 : rate(rate));
  }

  private static int rate(String text) {
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > MOST_PER_MINUTE) {
      throw new InputException(
          "'%s' is no number of requests a minute from 0 to %d".formatted(text, MOST_PER_MINUTE));
    }
    return Integer.parseInt(text);
  }

  private Shown rotate(Visit visit) {
    WriteKeys.Made made = keys().rotate(id(visit));
    note(visit, made.key(), "made by rotation");
    return shown(visit, made);
  }

  private static void note(Visit visit, WriteKey key, String what) {
    visit.note(
        AuditAction.KEY_CHANGED,
        null,
        Map.of("of", "%s …%s".formatted(key.source(), key.hint()), "after", what));
  }

  private Shown shown(Visit visit, WriteKeys.Made made) {
    String source = made.key().source();
    visit.context().header("HX-Push-Url", "/data/source?name=" + Visit.encode(source));
    return Shown.view("data/source-part", view(visit, source, made));
  }

  private Shown revoke(Visit visit) {
    String id = id(visit);
    WriteKey key =
        keys().list().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Missing("key"));
    keys().revoke(id);
    note(visit, key, "revoked");
    return Shown.view("data/source-part", view(visit, key.source(), null));
  }

  private static String id(Visit visit) {
    String id = visit.form("id");
    if (id == null) {
      throw new Missing("key");
    }
    return id;
  }
}
