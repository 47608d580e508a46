package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Commands that another process gives while this one holds the store. The answer is lines: `o` and
/// `e` with what the command wrote, `f` with its file, all in base64, and at the end `s` with its
/// status.
final class CommandRoutes {
  private static final int MOST = 2;
  private static final int LATER_SECONDS = 5;
  private static final int PIECE = 48 * 1024;

  private final CommandRunner runner;
  private final Slots slots = new Slots(MOST);

  CommandRoutes(CommandRunner runner) {
    this.runner = runner;
  }

  void add(Routes routes) {
    routes.raw("POST", "/api/v1/commands", new Routes.Right(Scope.ADMIN, false), this::run);
  }

  private void run(Call call, Context ctx) throws IOException {
    Body body = new Body(call.body());
    List<String> words = body.texts("words");
    boolean terminal = body.truth("terminal");
    CommandRunner.Caller caller = caller(body);
    body.done();
    if (words.isEmpty()) {
      throw new Refused(400, "'words' is missing");
    }
    try (Slots.Slot slot = slots.take(call.token().id())) {
      if (slot == null) {
        throw Refused.later(
            "a token runs at most %d commands at once".formatted(MOST), LATER_SECONDS);
      }
      ctx.res().setContentType("text/plain; charset=utf-8");
      run(new CommandRunner.Command(words, terminal, caller), ctx.res().getOutputStream());
    }
  }

  private static CommandRunner.Caller caller(Body body) {
    String user = body.text("user");
    String workspace = body.text("workspace");
    return new CommandRunner.Caller(
        user == null ? "" : user,
        path(workspace == null ? "" : workspace),
        named(body, "files"),
        named(body, "faults"));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Refused(400, "'workspace' is the name of a folder");
    }
  }

  private static Map<String, String> named(Body body, String field) {
    Map<String, String> found = new LinkedHashMap<>();
    body.object(field)
        .fields()
        .forEach((name, value) -> {
          if (!(value instanceof Json.Str(String text))) {
            throw new Refused(400, "'%s' holds texts by name".formatted(field));
          }
          found.put(name, text);
        });
    return found;
  }

  private void run(CommandRunner.Command command, OutputStream to) throws IOException {
    Path folder = Files.createTempDirectory("pulso-command");
    Path target = folder.resolve("file");
    Lines lines = new Lines(to, target);
    try (OutputStream out = new BufferedOutputStream(lines.of('o'), PIECE);
        OutputStream err = new BufferedOutputStream(lines.of('e'), PIECE)) {
      to.flush();
      int status = runner.run(command, out, err, target);
      out.flush();
      err.flush();
      lines.end(status);
    } finally {
      Files.deleteIfExists(target);
      Files.deleteIfExists(folder);
    }
  }

  /// The lines of an answer. The file goes before what the command says once it is written, since
  /// the caller may fail to write it.
  private static final class Lines {
    private final OutputStream to;
    private final Path target;

    Lines(OutputStream to, Path target) {
      this.to = to;
      this.target = target;
    }

    OutputStream of(char kind) {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          file();
          line(kind, Arrays.copyOfRange(bytes, from, from + length));
        }

        @Override
        public void flush() throws IOException {
          to.flush();
        }
      };
    }

    private void line(char kind, byte[] bytes) throws IOException {
      String line = kind + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
      synchronized (to) {
        to.write(line.getBytes(StandardCharsets.US_ASCII));
      }
    }

    private synchronized void file() throws IOException {
      if (!Files.exists(target)) {
        return;
      }
      try (InputStream in = Files.newInputStream(target)) {
        byte[] piece = in.readNBytes(PIECE);
        do {
          line('f', piece);
          piece = in.readNBytes(PIECE);
        } while (piece.length > 0);
      }
      Files.delete(target);
    }

    void end(int status) throws IOException {
      file();
      to.write(("s " + status + "\n").getBytes(StandardCharsets.US_ASCII));
      to.flush();
    }
  }
}
