package io.pulso.server.app;

import io.pulso.server.access.StoredSecret;
import io.pulso.server.event.InputException;
import io.pulso.server.outgoing.Outgoing;
import io.pulso.server.people.Audit;
import io.pulso.server.people.Links;
import io.pulso.server.people.Oidc;
import io.pulso.server.people.OidcSettings;
import io.pulso.server.people.Passwords;
import io.pulso.server.people.People;
import io.pulso.server.people.Sessions;
import io.pulso.server.people.SignIn;
import io.pulso.server.people.Team;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Puts together who may use the pages, and how they get in.
public final class Teams {
  private static final String FIRST = "first-administrator";
  private static final String SECRET = "oidc_client_secret";

  private Teams() {}

  /// The people of a store.
  ///
  /// @param outgoing null where nobody signs in, as in commands
  public static Team of(
      Workspace workspace,
      Store store,
      PeopleSettings settings,
      @Nullable Outgoing outgoing,
      Clock clock) {
    People people = new People(store, clock);
    Sessions sessions = new Sessions(store, people, clock);
    Audit audit = new Audit(store, clock);
    Passwords passwords = new Passwords();
    SignIn signIn = new SignIn(people, sessions, passwords, audit, clock);
    OidcSettings oidc = settings.oidc();
    StoredSecret secret =
        new StoredSecret(store, workspace.vault(), SECRET, System.getenv(PeopleSettings.SECRET));
    return new Team(
        people,
        sessions,
        passwords,
        signIn,
        new Links(store, people, signIn, audit, clock),
        audit,
        oidc == null || outgoing == null
            ? null
            : new Oidc(oidc, secret, outgoing, people, signIn, audit, clock));
  }

  /// Where the link of the first administrator stands.
  public static Path firstFile(Workspace workspace) {
    return workspace.folder().resolve("data").resolve(FIRST);
  }

  /// Writes a link where only the owner of the workspace can read it.
  static Path write(Workspace workspace, String link) {
    Path file = firstFile(workspace);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, link + "\n");
      return file;
    } catch (IOException e) {
      throw new InputException("cannot write " + file + ": " + e, e);
    }
  }

  static void forget(Workspace workspace) {
    try {
      Files.deleteIfExists(firstFile(workspace));
    } catch (IOException e) {
      throw new InputException("cannot remove " + firstFile(workspace) + ": " + e, e);
    }
  }
}
