package io.pulso.server.app;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import io.pulso.server.cli.HeldCommands;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Progress;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.sample.SampleCompany;
import io.pulso.server.sample.WorkspaceTemplate;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real server that serves a small sample company, with people who have signed in.
public record SampleServer(Server server, Workspace workspace) implements AutoCloseable {
  private static final long SEED = 1;
  private static final int DAYS = 120;

  /// A company whose last day is yesterday.
  public static SampleServer start(Path folder, int customers) throws IOException {
    WorkspaceTemplate.copyTo(folder);
    Workspace workspace = Workspace.open(folder);
    Clock clock = Clock.systemUTC();
    Path files = folder.resolve("files");
    LocalDate end = LocalDate.ofEpochDay(AsOf.yesterday(workspace, clock));
    var made = new SampleCompany(SEED, customers, end, DAYS).writeFiles(files);
    assert made != null;
    try (Store store = workspace.store()) {
      var report =
          new FileImport(new Models(workspace, store), store, clock, warning -> {})
              .run(
                  ImportRequest.of(List.of(files.toString()), clock.instant()),
                  "sample",
                  Progress.NONE);
      assert report.stored() > 0;
    }
    return serve(workspace, Map.of("port", "0"));
  }

  /// A workspace without events and models.
  public static SampleServer empty(Path folder) {
    return empty(folder, Map.of("port", "0"));
  }

  /// As the other one, with settings of the server.
  public static SampleServer empty(Path folder, Map<String, String> settings) {
    NewWorkspace.make(folder, java.time.ZoneOffset.UTC);
    return serve(Workspace.open(folder), settings);
  }

  private static SampleServer serve(Workspace workspace, Map<String, String> told) {
    ServerSettings settings = ServerSettings.of(told, Map.of());
    Server server = new Server(workspace, settings, Clock.systemUTC(), new HeldCommands(workspace));
    return new SampleServer(server, workspace);
  }

  public String url() {
    return "http://localhost:" + server.port();
  }

  /// The cookie of a new session of somebody with a role.
  public String cookie(Role role) {
    return cookie(role, null);
  }

  private String cookie(Role role, @Nullable String language) {
    String email = role.word() + (language == null ? "" : "-" + language) + "@example.com";
    Person found = server.people().byEmail(email);
    Person person =
        found != null
            ? found
            : server
                .people()
                .add(new People.Wanted(email, "Ada " + role.word(), role, "", language));
    return server.sessions().start(person, "127.0.0.1").cookieValue();
  }

  /// Signs a browser in.
  public void signIn(BrowserContext context, Role role) {
    context.addCookies(List.of(new Cookie("pulso", cookie(role)).setUrl(url())));
  }

  /// Signs a browser in as somebody whose pages have a language.
  public void signIn(BrowserContext context, Role role, String language) {
    context.addCookies(List.of(new Cookie("pulso", cookie(role, language)).setUrl(url())));
  }

  @Override
  public void close() {
    server.close();
  }
}
