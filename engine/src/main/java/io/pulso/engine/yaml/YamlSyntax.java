package io.pulso.engine.yaml;

import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/// Faults of the YAML parser in the words of a message: where, what, what to do.
final class YamlSyntax {
  static final String QUOTE_TAG = "a leading ! is a YAML tag: put the whole value in single quotes";

  private YamlSyntax() {}

  static void add(YamlEngineException fault, Notes faults) {
    if (fault instanceof MarkedYamlEngineException marked) {
      int line = marked.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      faults.add(line, "broken YAML: " + reason(marked) + hint(marked));
    } else if (fault instanceof YamlVersionException e) {
      SpecVersion version = e.getSpecVersion();
      String number = version.getMajor() + "." + version.getMinor();
      faults.add(1, "broken YAML: version " + number + " is unknown; remove the line %YAML");
    } else {
      faults.add(1, "broken YAML: " + firstLine(String.valueOf(fault.getMessage())));
    }
  }

  private static String reason(MarkedYamlEngineException fault) {
    String context = fault.getContext();
    String problem = firstLine(fault.getProblem());
    return context == null || context.isEmpty() ? problem : firstLine(context) + ": " + problem;
  }

  private static String hint(MarkedYamlEngineException fault) {
    String all = fault.getContext() + " " + fault.getProblem();
    if (all.contains("scanning a tag") || all.contains("undefined tag handle")) {
      return "; " + QUOTE_TAG;
    }
    if (all.contains("mapping values are not allowed")) {
      return "; put a value that contains ': ' in single quotes";
    }
    if (all.contains("TAB")) {
      return "; indent with blanks";
    }
    if (all.contains("cannot start any token")) {
      return "; put the whole value in single quotes";
    }
    if (all.contains("expected <block end>")) {
      return "; check the indentation, and put a value that begins with a quote but goes on after it"
          + " in single quotes as a whole";
    }
    return "";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
