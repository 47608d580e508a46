package io.pulso.engine.model;

import java.util.ArrayList;
import java.util.List;

/// The cases of `refusals.txt`: model files that are wrong, and what is said of each.
final class Refusals {
  private Refusals() {}

  /// @param faults each without the name of the file
  /// @param bySchema whether the JSON Schema refuses the file too
  record Case(String title, String yaml, List<String> faults, boolean bySchema) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    String[] blocks = Files.text("refusals.txt").split("(?m)^=== ");
    for (String block : List.of(blocks).subList(1, blocks.length)) {
      cases.add(read(block));
    }
    return cases;
  }

  private static Case read(String block) {
    int title = block.indexOf('\n');
    int rule = block.indexOf("\n---\n");
    String name = block.substring(0, title);
    String yaml = block.substring(title + 1, rule + 1).replace("---+", "---");
    List<String> faults =
        block.substring(rule + 5).lines().filter(line -> !line.isBlank()).toList();
    return new Case(name.replace(" [schema]", ""), yaml, faults, name.endsWith(" [schema]"));
  }
}
