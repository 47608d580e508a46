package io.pulso.server.page;

import io.pulso.engine.json.Json;
import java.io.IOException;
import java.io.OutputStream;

/// What a request of a page is answered with.
public sealed interface Shown {
  /// A page or a part of one.
  ///
  /// @param template its file below `jte`, without the ending
  /// @param page what the template is given
  record View(int status, String template, Object page) implements Shown {}

  /// Another address of these pages.
  record Redirect(String to) implements Shown {}

  /// Data for a script of a page.
  record Data(Json json) implements Shown {}

  /// A file to keep.
  ///
  /// @param type its media type
  record Download(String name, String type, Writing writing) implements Shown {}

  /// What is sent bit by bit until its reader leaves.
  ///
  /// @param sending sends it, on the thread of the request
  record Stream(Runnable sending) implements Shown {}

  /// Writes a file.
  interface Writing {
    void write(OutputStream out) throws IOException;
  }

  static Shown view(String template, Object page) {
    return new View(200, template, page);
  }

  /// A view of a refused input, which a person can put right.
  static Shown refused(String template, Object page) {
    return new View(422, template, page);
  }

  static Shown redirect(String to) {
    return new Redirect(to);
  }

  static Shown data(Json json) {
    return new Data(json);
  }
}
