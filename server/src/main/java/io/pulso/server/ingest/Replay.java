package io.pulso.server.ingest;

import io.pulso.server.store.Rejected;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of rejected records again, together those of one file with the same columns, so
/// that they get the ids that their file would give them.
final class Replay {
  private final Reading reading;
  private final Intake intake;

  Replay(Reading reading, Intake intake) {
    this.reading = reading;
    this.intake = intake;
  }

  private record Group(String file, String header, boolean json) {}

  void read(List<Rejected> rejected) {
    Map<Group, List<Rejected>> groups = new LinkedHashMap<>();
    for (Rejected one : rejected) {
      groups.computeIfAbsent(group(one), g -> new ArrayList<>()).add(one);
    }
    int number = 0;
    for (Map.Entry<Group, List<Rejected>> group : groups.entrySet()) {
      intake.begin(number++, group.getKey().file);
      reading.ids.reset();
      read(group.getKey(), group.getValue());
    }
  }

  /// JSON stands alone; a row of delimited text has its header above it.
  private static Group group(Rejected one) {
    String body = one.body();
    boolean json = body.startsWith("{") || body.startsWith("[") || one.file().startsWith("POST /");
    int end = json ? -1 : body.indexOf('\n');
    return new Group(one.file(), end < 0 ? "" : body.substring(0, end), json);
  }

  private void read(Group group, List<Rejected> rejected) {
    Bodies bodies = new Bodies(group.header);
    int skipped = group.header.isEmpty() ? 0 : group.header.length() + 1;
    for (Rejected one : rejected) {
      bodies.add(one.body().substring(skipped), one.line());
    }
    TextFile file = new TextFile(reading, intake, group.file);
    boolean told = reading.request.format() != null || !reading.request.map().isEmpty();
    Decoder decoder = told ? null : CameIn.decoder(group.file, reading);
    if (decoder != null) {
      file.replay(bodies, decoder);
    } else if (group.json) {
      file.replayJson(bodies, bodies.text());
    } else {
      file.replayCsv(bodies.text(), !group.header.isEmpty(), bodies::original);
    }
  }

  /// Bodies as the records of a file, and as its text.
  private static final class Bodies implements Records {
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final NavigableMap<Long, Long> originals = new TreeMap<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Slice record = new Slice();
    private long line = 1;
    private int at = -1;

    Bodies(String header) {
      if (!header.isEmpty()) {
        append(header.getBytes(StandardCharsets.UTF_8));
      }
    }

    void add(String body, long original) {
      byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
      bodies.add(utf8);
      lines.add(original);
      originals.put(line, original);
      append(utf8);
    }

    private void append(byte[] utf8) {
      text.writeBytes(utf8);
      text.write('\n');
      line += 1 + new String(utf8, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
    }

    byte[] text() {
      return text.toByteArray();
    }

    /// The line in the file that the record came from.
    long original(long lineOfText) {
      Map.Entry<Long, Long> found = originals.floorEntry(lineOfText);
      return found == null ? lineOfText : found.getValue();
    }

    @Override
    public boolean next() {
      at++;
      if (at == bodies.size()) {
        return false;
      }
      byte[] body = bodies.get(at);
      record.set(body, 0, body.length);
      return true;
    }

    @Override
    public long line() {
      return lines.get(at);
    }

    @Override
    public @Nullable RowFault fault() {
      return null;
    }

    @Override
    public Slice record() {
      return record;
    }
  }
}
