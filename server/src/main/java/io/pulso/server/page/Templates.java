package io.pulso.server.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/// The templates of the pages, compiled with the program.
final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /// A view in UTF-8.
  Utf8ByteOutput render(Shown.View view, Visit visit) {
    Utf8ByteOutput out = new Utf8ByteOutput();
    engine.render(view.template() + ".jte", Map.of("v", visit, "page", view.page()), out);
    return out;
  }
}
