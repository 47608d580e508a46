package io.pulso.engine.model;

import io.pulso.engine.yaml.Notes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the parts of a model file need to know of the whole while they are read.
///
/// @param method null where the file names none that exists
/// @param groups the names of the groups
record Frame(
    Model.Subject subject,
    Model.@Nullable Method method,
    int window,
    Decay decay,
    List<String> groups,
    Notes faults,
    Notes warnings) {
  Frame {
    groups = List.copyOf(groups);
  }

  boolean isFit() {
    return method == Model.Method.FIT;
  }

  boolean isWeighted() {
    return method == Model.Method.WEIGHTED;
  }

  boolean isAccount() {
    return subject == Model.Subject.ACCOUNT;
  }
}
