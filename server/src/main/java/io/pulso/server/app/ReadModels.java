package io.pulso.server.app;

import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelReader;
import java.util.LinkedHashMap;
import java.util.Map;

/// The texts of models that were read last, and what they say: a server is asked by the same models
/// all the time.
final class ReadModels {
  private static final int MOST = 64;

  private static final Map<Text, ModelFile> READ =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, ModelFile> eldest) {
          return size() > MOST;
        }
      };

  /// @param label by which faults name it
  private record Text(String label, String text) {}

  private ReadModels() {}

  /// As [ModelReader#read]; what is wrong is read again each time.
  static ModelFile read(String label, String text) {
    Text key = new Text(label, text);
    synchronized (READ) {
      ModelFile known = READ.get(key);
      if (known != null) {
        return known;
      }
    }
    ModelFile file = ModelReader.read(label, text);
    synchronized (READ) {
      READ.put(key, file);
    }
    return file;
  }
}
