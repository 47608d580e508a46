package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The file in which a running server tells the command line where it is and how to speak to it.
/// Only its owner can read it.
public final class ServerFile implements AutoCloseable {
  private final Path file;

  private final String url;

  private ServerFile(Path file, String url) {
    this.file = file;
    this.url = url;
  }

  /// Where programs of this machine find the server.
  String url() {
    return url;
  }

  /// Where a server is.
  ///
  /// @param url of its root, without a final slash
  /// @param token with all rights, which holds as long as the server runs
  public record Place(String url, String token) {}

  private static Path file(Path workspace) {
    return workspace.resolve("data").resolve("server.json");
  }

  static ServerFile write(Workspace workspace, String host, int port, String token) {
    Path file = file(workspace.folder());
    String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String url = "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    String json = JsonText.write(new Answer().put("url", url).put("token", token).json());
    try {
      Path part = file.resolveSibling("server.json.part");
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, json);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InputException("cannot write " + file + ": " + e, e);
    }
    return new ServerFile(file, url);
  }

  /// As [#read(Path)].
  public static Optional<Place> read(Workspace workspace) {
    return read(workspace.folder());
  }

  /// Where the server of a workspace says it is; it may have ended without removing its file.
  ///
  /// @param workspace its folder
  public static Optional<Place> read(Path workspace) {
    try {
      if (Files.isRegularFile(file(workspace))
          && JsonText.read(Files.readString(file(workspace))) instanceof Json.Obj object
          && object.fields().get("url") instanceof Json.Str(String url)
          && object.fields().get("token") instanceof Json.Str(String token)) {
        return Optional.of(new Place(url, token));
      }
      return Optional.empty();
    } catch (IOException | JsonFault e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
