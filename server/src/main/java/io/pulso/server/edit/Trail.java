package io.pulso.server.edit;

import io.pulso.engine.model.Model;
import org.jspecify.annotations.Nullable;

/// Where it is written down who changed what, and who looked at whom.
public interface Trail {
  /// Something that somebody did.
  ///
  /// @param what as a code, such as `trait.set`
  /// @param kind of whom; null where it is about no customer or account
  /// @param number of that customer or account; -1 for none
  /// @param before what held before, as text; empty for nothing
  /// @param after what holds now, as text; empty for nothing
  record Deed(String what, Model.@Nullable Subject kind, int number, String before, String after) {}

  void add(Editor by, Deed deed);
}
