package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.FrameLoad;
import io.pulso.server.ingest.Frames;
import io.pulso.server.ingest.Importer;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A process that reads one file that somebody sent, and tells what is in it. It has no access to
/// the store, and its memory and time are bounded by the one that started it, which gives its
/// options as JSON on the standard input.
public final class DecodeProcess {
  private DecodeProcess() {}

  public static void main(String[] args) throws IOException, JsonFault {
    String options = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      FrameLoad load = new FrameLoad(out);
      try {
        Upload upload = Upload.of((Json.Obj) JsonText.read(options));
        Importer.run(upload.request(Instant.now()), load, load);
        load.tell(Frames.Kind.END, new byte[0]);
      } catch (InputException e) {
        load.tell(
            Frames.Kind.FAULT, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
