package io.pulso.server.score;

import io.pulso.engine.model.Model;

/// A model and the version under which it is asked: a number, or `draft` for a file that is not
/// published.
public record InUse(Model model, String version) {
  public static final String DRAFT = "draft";
}
