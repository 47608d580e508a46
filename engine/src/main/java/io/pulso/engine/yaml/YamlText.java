package io.pulso.engine.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML text with the limits for files of people: one document of 256 KB and depth 20,
/// without anchors, aliases, tags, duplicate keys or control characters.
public final class YamlText {
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_DEPTH = 20;

  private final Notes faults;
  private final ParserImpl events;
  private int depth;

  private YamlText(String text, Notes faults) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MOST_BYTES).build();
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
    this.faults = faults;
  }

  /// The root node, or null where there is none that could be read; what is wrong is added to the
  /// faults.
  public static @Nullable Yaml read(String text, Notes faults) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      faults.add(1, "the file has " + bytes + " bytes; a YAML file may have " + MOST_BYTES);
      return null;
    }
    if (hasControls(body, faults)) {
      return null;
    }
    try {
      return new YamlText(body, faults).document();
    } catch (TooDeep e) {
      faults.add(e.line, "nested deeper than " + MOST_DEPTH + " levels");
    } catch (YamlEngineException e) {
      YamlSyntax.add(e, faults);
    }
    return null;
  }

  private static boolean hasControls(String text, Notes faults) {
    int line = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        line++;
      } else if (c != '\t' && c != '\r' && Words.isControl(c)) {
        faults.add(line, "the character U+%04X is not allowed; remove it".formatted(c));
        return true;
      }
    }
    return false;
  }

  private @Nullable Yaml document() throws TooDeep {
    events.next(); // the start of the stream
    if (!(events.next() instanceof DocumentStartEvent)) {
      return null;
    }
    Yaml root = node(events.next());
    events.next(); // the end of the document
    if (events.next() instanceof DocumentStartEvent second) {
      faults.add(line(second), "a second document begins; keep one document a file");
    }
    return root;
  }

  private Yaml node(Event event) throws TooDeep {
    int line = line(event);
    if (event instanceof AliasEvent alias) {
      faults.add(line, "the alias '*" + alias.getAlias() + "' is not allowed; write the value out");
      return new Yaml.Refused(line);
    }
    if (event instanceof NodeEvent node) {
      refuseAnchor(node.getAnchor(), line);
    }
    return switch (event) {
      case ScalarEvent scalar -> tagged(scalar.getTag(), scalar(scalar, line));
      case SequenceStartEvent start -> tagged(start.getTag(), items(start));
      case MappingStartEvent start -> tagged(start.getTag(), mapping(start));
      default -> throw new IllegalStateException("no node: " + event);
    };
  }

  private void refuseAnchor(Optional<Anchor> anchor, int line) {
    anchor.ifPresent(
        a -> faults.add(line, "the anchor '&" + a + "' is not allowed; write the value out"));
  }

  private Yaml tagged(Optional<String> tag, Yaml value) {
    if (tag.isEmpty()) {
      return value;
    }
    faults.add(
        value.line(),
        "the tag " + Words.quote(tag.get()) + " is not allowed; " + YamlSyntax.QUOTE_TAG);
    return new Yaml.Refused(value.line());
  }

  private Yaml scalar(ScalarEvent event, int line) {
    int control =
        event
            .getValue()
            .codePoints()
            .filter(c -> c != '\n' && c != '\t' && Words.isControl(c))
            .findFirst()
            .orElse(-1);
    if (control >= 0) {
      faults.add(line, "the character U+%04X is not allowed; remove it".formatted(control));
      return new Yaml.Refused(line);
    }
    return new Yaml.Scalar(event.getValue(), event.isPlain(), line);
  }

  private Yaml items(CollectionStartEvent start) throws TooDeep {
    deeper(start);
    List<Yaml> items = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(events.next()));
    }
    end();
    return new Yaml.Items(items, line(start));
  }

  private Yaml mapping(CollectionStartEvent start) throws TooDeep {
    deeper(start);
    List<Yaml.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Yaml key = node(events.next());
      Yaml value = node(events.next());
      if (key instanceof Yaml.Scalar word && !word.text().isEmpty()) {
        if (keys.add(word.text())) {
          entries.add(new Yaml.Entry(word.text(), word.line(), value));
        } else {
          faults.add(
              word.line(), "the key " + Words.quote(word.text()) + " is there twice; keep one");
        }
      } else if (!(key instanceof Yaml.Refused)) {
        faults.add(key.line(), "a key must be a word, not " + key.kind());
      }
    }
    end();
    return new Yaml.Mapping(entries, line(start));
  }

  private void deeper(CollectionStartEvent start) throws TooDeep {
    if (++depth > MOST_DEPTH) {
      throw new TooDeep(line(start));
    }
  }

  private void end() {
    events.next();
    depth--;
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static final class TooDeep extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    TooDeep(int line) {
      super("", null, false, false);
      this.line = line;
    }
  }
}
