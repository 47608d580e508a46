package io.pulso.server.page;

import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The icons of the pages, drawn in place. They belong to one set, Tabler's outlines.
final class Icons {
  private static final String HEAD =
      "<svg class=\"icon\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.75\""
          + " stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">";

  private final Map<String, Content> byName = new ConcurrentHashMap<>();

  Content of(String name) {
    return byName.computeIfAbsent(name, Icons::read);
  }

  private static Content read(String name) {
    try (InputStream in = Icons.class.getResourceAsStream("icons/" + name + ".svg")) {
      String file =
          new String(
              Objects.requireNonNull(in, "there is no icon " + name).readAllBytes(),
              StandardCharsets.UTF_8);
      String shapes = file.substring(file.indexOf('>', file.indexOf("<svg")) + 1);
      String drawn = HEAD + shapes.strip().replaceAll("\\s*\n\\s*", "");
      return out -> out.writeContent(drawn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
