package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.Rejected;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A load that hands everything to another process, which stores it.
public final class FrameLoad implements Load, Progress {
  private static final int ROWS = 256;
  private static final long CHARACTERS = 1 << 20;

  private final OutputStream out;
  private final List<Incoming> rows = new ArrayList<>();
  private final List<Rejected> rejects = new ArrayList<>();
  private long characters;
  private long appended;

  public FrameLoad(OutputStream out) {
    this.out = out;
  }

  @Override
  public void append(Incoming row) {
    rows.add(row);
    appended++;
    characters += length(row.properties()) + length(row.context()) + length(row.traits());
    sendWhenFull();
  }

  @Override
  public void reject(Rejected rejected) {
    rejects.add(rejected);
    characters += rejected.body().length();
    sendWhenFull();
  }

  private static long length(@org.jspecify.annotations.Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private void sendWhenFull() {
    if (rows.size() + rejects.size() >= ROWS || characters > CHARACTERS) {
      send();
    }
  }

  private void send() {
    if (!rows.isEmpty() || !rejects.isEmpty()) {
      tell(Frames.Kind.ARRIVAL, ArrivalCodec.encode(new Arrival("", true, 0, rows, rejects)));
      rows.clear();
      rejects.clear();
      characters = 0;
    }
  }

  /// Sends a piece; pieces of several threads do not mix.
  public void tell(Frames.Kind kind, byte[] bytes) {
    synchronized (out) {
      try {
        Frames.write(out, kind, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void tell(Frames.Kind kind, String text) {
    tell(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Counts commit() {
    send();
    return new Counts(appended, 0);
  }

  @Override
  public void begin(long bytes) {
    tell(Frames.Kind.REACHED, "0 0");
  }

  @Override
  public void file(String name, String format, String mapping) {
    tell(Frames.Kind.MAPPING, format + "\n" + mapping);
  }

  @Override
  public void reached(long bytes, long records) {
    tell(Frames.Kind.REACHED, bytes + " " + records);
  }

  @Override
  public void storing() {}

  @Override
  public void close() {}
}
