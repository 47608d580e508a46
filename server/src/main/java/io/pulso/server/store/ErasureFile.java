package io.pulso.server.store;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The list of erasures beside the store, which outlives it: an older store that takes its place
/// forgets the same people. One JSON object a line, hashes only.
final class ErasureFile {
  static final String NAME = "erasures.jsonl";
  private static final String DAMAGED =
      "data/" + NAME + ": a line is damaged; put the file of a backup there";

  private final Path file;

  ErasureFile(Path folder) {
    file = folder.resolve(NAME);
  }

  /// One erased id.
  ///
  /// @param at in microseconds
  record Line(String hash, long at, String reason) {}

  List<Line> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<Line> lines = new ArrayList<>();
      String text = Files.readString(file);
      // What follows the last end of a line was not finished, nor was its erasure.
      text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> lines.add(line(line)));
      return lines;
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Line line(String text) {
    try {
      if (JsonText.read(text) instanceof Json.Obj object
          && object.fields().get("hash") instanceof Json.Str(String hash)
          && object.fields().get("at") instanceof Json.Num(double at)
          && object.fields().get("reason") instanceof Json.Str(String reason)) {
        return new Line(hash, (long) at, reason);
      }
    } catch (JsonFault e) {
      throw new InputException(DAMAGED, e);
    }
    throw new InputException(DAMAGED);
  }

  /// How many bytes end with a line.
  private static int whole(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /// Adds lines, safe on disk.
  void add(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      Map<String, Json> fields = new LinkedHashMap<>();
      fields.put("hash", new Json.Str(line.hash()));
      fields.put("at", new Json.Num(line.at()));
      fields.put("reason", new Json.Str(line.reason()));
      text.append(JsonText.write(new Json.Obj(fields))).append('\n');
    }
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, ErasureKey.ownersAlone(file));
      }
      long whole = whole(Files.readAllBytes(file));
      ByteBuffer more = StandardCharsets.UTF_8.encode(text.toString());
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.truncate(whole);
        out.position(whole);
        while (more.hasRemaining()) {
          out.write(more);
        }
        out.force(true);
      }
    } catch (IOException e) {
      throw new InputException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
