package io.pulso.engine.model;

import java.util.List;

/// A model that was read, and what its author should look at, each as `file:line: what`.
public record ModelFile(Model model, List<String> warnings) {
  public ModelFile {
    warnings = List.copyOf(warnings);
  }
}
