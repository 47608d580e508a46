package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import java.io.PrintStream;

/// Where a command writes: results on standard output, everything else on standard error.
///
/// @param terminal whether a person looks at it, so that colours and bars help
record Console(PrintStream out, PrintStream err, boolean terminal) {
  void line(String text) {
    out.print(text + "\n");
  }

  void note(String text) {
    err.print(text + "\n");
    err.flush();
  }

  void json(Json value) {
    line(JsonText.write(value));
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
