package io.pulso.engine.model;

import java.util.List;

/// A model file that is wrong. Says for each fault where it is, what it is and what to do.
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public ModelException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /// Each as `file:line: what; what to do`.
  public List<String> faults() {
    return faults;
  }
}
