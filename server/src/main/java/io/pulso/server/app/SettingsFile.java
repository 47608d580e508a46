package io.pulso.server.app;

import io.pulso.engine.model.ModelReader;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Setup;
import io.pulso.server.page.SetupFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `pulso.yaml` of a workspace that is served. What is changed here is checked as at a start
/// and written whole; comments and what is not changed stay as they are.
final class SettingsFile implements SetupFile {
  private static final Pattern FAULT = Pattern.compile("[^:]*:\\d+: (.*)", Pattern.DOTALL);
  private static final String ZONE = "time_zone";
  private static final String SERVER = "server";

  private final Workspace workspace;
  private final ServerSettings server;

  SettingsFile(Workspace workspace, ServerSettings server) {
    this.workspace = workspace;
    this.server = server;
  }

  @Override
  public Setup setup() {
    Settings of = workspace.settings();
    return new Setup(
        of.zone(),
        of.weekStart(),
        of.personal(),
        of.keep().retention(),
        of.keep().rejectedDays(),
        of.keep().rejectedMegabytes(),
        of.keep().nightlyAt(),
        of.languages(),
        of.defaultModel(),
        SettingsText.activation(of),
        of.silenceDays(),
        of.sessionMinutes(),
        of.bounceLine(),
        server.people().url(),
        server.proxies(),
        Objects.requireNonNullElse(
            Server.class.getPackage().getImplementationVersion(), "development"));
  }

  @Override
  public Written read() {
    String text = text();
    String hash = ModelReader.sha256(text);
    try {
      Settings written = checked(text);
      return new Written(
          SettingsText.values(written),
          hash,
          null,
          unwritable() == null,
          waiting(written),
          NewZone.isAsked(workspace, written.zone()));
    } catch (InputException e) {
      return new Written(
          SettingsText.values(workspace.settings()),
          hash,
          String.valueOf(e.getMessage()),
          false,
          List.of(),
          false);
    }
  }

  /// Fields that say something else than what holds.
  private List<String> waiting(Settings written) {
    Map<String, String> holds = SettingsText.values(workspace.settings());
    Map<String, String> says = SettingsText.values(written);
    Set<String> fields = new TreeSet<>(holds.keySet());
    fields.addAll(says.keySet());
    fields.removeIf(field -> holds.getOrDefault(field, "").equals(says.getOrDefault(field, "")));
    Settings now = workspace.settings();
    if (!written.server().equals(now.server())) {
      fields.add(SERVER);
    }
    if (!written.sources().equals(now.sources())) {
      fields.add("sources");
    }
    if (!Objects.equals(written.grid(), now.grid())) {
      fields.add("grid");
    }
    return List.copyOf(fields);
  }

  private String text() {
    return Workspace.text(workspace.settingsFile());
  }

  /// The settings in a text that a server could start with.
  private Settings checked(String text) {
    Settings settings = Settings.read(name(), text);
    ServerSettings found = ServerSettings.of(settings.server(), System.getenv());
    assert found.port() >= 0;
    return settings;
  }

  private String name() {
    return String.valueOf(workspace.settingsFile().getFileName());
  }

  /// Why the file cannot be written; null where it can. A file that nobody may write is left alone,
  /// also by those who could replace it.
  private @Nullable String unwritable() {
    Path file = workspace.settingsFile();
    Path folder = file.toAbsolutePath().getParent();
    return isWritable(file) && folder != null && Files.isWritable(folder) ? null : file.toString();
  }

  private static boolean isWritable(Path file) {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      return Files.isWritable(file)
          && (view == null
              || view.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized Outcome change(String hash, Map<String, String> wanted) {
    String text = text();
    if (!ModelReader.sha256(text).equals(hash)) {
      return new Overtaken();
    }
    String why = unwritable();
    if (why != null) {
      return new Unwritable(why);
    }
    Map<String, String> before = SettingsText.values(checked(text));
    List<Change> changes = new ArrayList<>();
    Map<String, String> faults = new LinkedHashMap<>();
    String next = text;
    for (Map.Entry<String, String> one : wanted.entrySet()) {
      String old = before.getOrDefault(one.getKey(), "");
      if (!one.getValue().equals(old)) {
        String fault = fault(text, one.getKey(), one.getValue());
        if (fault == null) {
          changes.add(new Change(one.getKey(), old, one.getValue()));
          next = SettingsText.with(next, one.getKey(), one.getValue());
        } else {
          faults.put(one.getKey(), fault);
        }
      }
    }
    if (!faults.isEmpty()) {
      return new Wrong(faults);
    }
    return changes.isEmpty() ? new Done(changes) : write(next, changes);
  }

  /// What is wrong with a value alone, as at a start; null where it is right.
  private @Nullable String fault(String text, String field, String value) {
    try {
      String changed = SettingsText.with(text, field, value);
      String found = SettingsText.values(checked(changed)).getOrDefault(field, "");
      return found.equals(value) ? null : "'%s' is read as '%s'".formatted(value, found);
    } catch (InputException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      Matcher fault = FAULT.matcher(first);
      return fault.matches() ? Objects.requireNonNull(fault.group(1)) : first;
    }
  }

  private Outcome write(String text, List<Change> changes) {
    Settings settings = checked(text);
    if (settings.zone().equals(workspace.settings().zone())) {
      NewZone.forget(workspace);
    } else if (changes.stream().anyMatch(change -> change.field().equals(ZONE))) {
      NewZone.ask(workspace, settings.zone());
    }
    try {
      new OutFile(workspace.settingsFile())
          .bytes(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (InputException e) {
      return new Unwritable(String.valueOf(e.getMessage()));
    }
    workspace.held().use(settings);
    return new Done(List.copyOf(changes));
  }
}
