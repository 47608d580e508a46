package io.pulso.engine.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Where the nodes of a YAML text stand in it. The text was read without faults before.
final class YamlPlaces {
  private final String text;
  private final ParserImpl events;

  private YamlPlaces(String text) {
    LoadSettings settings = LoadSettings.builder().build();
    this.text = text;
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// A node from `start` to `end`, excluded; what follows it on the last line is not part of it.
  sealed interface Place {
    int start();

    int end();
  }

  record Leaf(int start, int end) implements Place {}

  /// @param flow whether it is written in brackets
  record Row(int start, int end, boolean flow, List<Place> items) implements Place {}

  /// @param flow whether it is written in braces
  record Table(int start, int end, boolean flow, List<Field> fields) implements Place {
    @Nullable Field get(String key) {
      return fields.stream().filter(field -> field.key().equals(key)).findFirst().orElse(null);
    }
  }

  record Field(String key, int start, Place value) {}

  static Place read(String text) {
    YamlPlaces places = new YamlPlaces(text);
    places.events.next(); // the stream
    places.events.next(); // the document
    return places.node(places.events.next());
  }

  private int at(java.util.Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }

  private Place node(Event event) {
    int start = at(event.getStartMark());
    if (event instanceof ScalarEvent scalar) {
      int end = at(scalar.getEndMark());
      while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      return new Leaf(start, end);
    }
    if (!(event instanceof CollectionStartEvent collection)) {
      throw new IllegalArgumentException("no node: " + event);
    }
    boolean flow = collection.getFlowStyle() == FlowStyle.FLOW;
    return event.getEventId() == Event.ID.SequenceStart ? row(start, flow) : table(start, flow);
  }

  private Place row(int start, boolean flow) {
    List<Place> items = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(events.next()));
    }
    int closed = at(events.next().getEndMark());
    int end = flow || items.isEmpty() ? closed : items.getLast().end();
    return new Row(start, end, flow, items);
  }

  private Place table(int start, boolean flow) {
    List<Field> fields = new ArrayList<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Event key = events.next();
      String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "";
      fields.add(new Field(name, at(key.getStartMark()), node(events.next())));
    }
    int closed = at(events.next().getEndMark());
    int end = flow || fields.isEmpty() ? closed : fields.getLast().value().end();
    return new Table(start, end, flow, fields);
  }
}
