package io.pulso.server.app;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Networks;
import io.pulso.server.store.QualityRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the quality rules of a workspace from its `quality.yaml`; what the file does not say is as
/// usual.
public final class QualityFile {
  static final String NAME = "quality.yaml";

  private static final List<String> RULES = List.of("bots", "mail_scanners", "internal", "bursts");
  private static final List<String> MAIL = List.of("networks", "prefetchers");
  private static final List<String> INTERNAL = List.of("domains", "networks", "people", "match");
  private static final Pattern DOMAIN =
      Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(\\.[\\p{L}\\p{N}-]+)*");
  private static final int MOST = 10_000;
  private static final int LONGEST = 500;
  private static final int MOST_A_MINUTE = 1_000_000;

  private QualityFile() {}

  /// The rules of a workspace.
  public static QualityRules of(Workspace workspace) {
    return of(workspace, Path::toString);
  }

  /// The rules of a workspace.
  ///
  /// @param label by which faults name the file
  public static QualityRules of(Workspace workspace, Function<Path, String> label) {
    Path file = workspace.folder().resolve(NAME);
    return Files.isRegularFile(file)
        ? read(label.apply(file), Workspace.text(file))
        : QualityRules.USUAL;
  }

  /// Reads the text of such a file; a field that is not known is refused.
  static QualityRules read(String file, String text) {
    if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      return QualityRules.USUAL;
    }
    Notes faults = new Notes(file);
    Yaml root = YamlText.read(text, faults);
    Fields fields = root == null ? null : Fields.of(root, "", RULES, faults);
    QualityRules rules = fields == null ? QualityRules.USUAL : rules(fields);
    if (!faults.isEmpty()) {
      throw new InputException(String.join("\n", faults.list()));
    }
    return rules;
  }

  private static QualityRules rules(Fields fields) {
    Boolean bots = fields.flag("bots");
    Fields bursts = fields.under("bursts", List.of("per_minute"));
    Integer perMinute = null;
    if (bursts != null && bursts.require("per_minute")) {
      perMinute = bursts.whole("per_minute", 1, MOST_A_MINUTE);
    }
    return new QualityRules(
        bots == null || bots, mail(fields), internal(fields), perMinute == null ? 0 : perMinute);
  }

  private static QualityRules.Mail mail(Fields fields) {
    QualityRules.Mail usual = QualityRules.USUAL.mail();
    if (!fields.has("mail_scanners")) {
      return usual;
    }
    if (fields.get("mail_scanners") instanceof Yaml.Scalar scalar) {
      if (scalar.bool() == null) {
        fields.fault(
            "mail_scanners",
            "'mail_scanners' must be true, false, or have networks or prefetchers");
      }
      return Boolean.FALSE.equals(scalar.bool()) ? QualityRules.NONE.mail() : usual;
    }
    Fields mail = fields.under("mail_scanners", MAIL);
    if (mail == null) {
      return usual;
    }
    return new QualityRules.Mail(
        true,
        networks(mail),
        mail.has("prefetchers") ? texts(mail, "prefetchers") : usual.prefetchers());
  }

  private static QualityRules.Internal internal(Fields fields) {
    Fields own = fields.under("internal", INTERNAL);
    if (own == null) {
      return QualityRules.NONE.internal();
    }
    return new QualityRules.Internal(
        domains(own),
        networks(own),
        expression(
            own, "people", Cel.Scope.SUBJECT, List.of(Root.ACCOUNT), "is about traits alone"),
        expression(
            own,
            "match",
            Cel.Scope.EVENT,
            List.of(Root.TRAITS, Root.ACCOUNT),
            "is about one record; say in 'people' which traits the company's own people have"));
  }

  private static List<String> domains(Fields fields) {
    List<String> domains = new ArrayList<>();
    for (String text : texts(fields, "domains")) {
      String domain = text.toLowerCase(Locale.ROOT);
      if (DOMAIN.matcher(domain).matches()) {
        domains.add(domain);
      } else {
        fields.fault(
            "domains", "'%s' is no domain; write one as example.com, without @".formatted(text));
      }
    }
    return domains;
  }

  private static Networks networks(Fields fields) {
    List<String> good = new ArrayList<>();
    for (String text : texts(fields, "networks")) {
      try {
        good.addAll(Networks.of(List.of(text)).texts());
      } catch (IllegalArgumentException e) {
        fields.fault("networks", String.valueOf(e.getMessage()));
      }
    }
    return Networks.of(good);
  }

  private static List<String> texts(Fields fields, String key) {
    List<String> texts = new ArrayList<>();
    for (Yaml item : fields.items(key, MOST)) {
      if (item instanceof Yaml.Scalar scalar
          && !scalar.text().isBlank()
          && scalar.text().length() <= LONGEST) {
        texts.add(scalar.text());
      } else {
        fields.faults().add(item.line(), "'%s' must be a list of texts".formatted(key));
      }
    }
    return texts;
  }

  private static @Nullable Expression expression(
      Fields fields, String key, Cel.Scope scope, List<Root> unheard, String instead) {
    Yaml.Scalar value = fields.scalar(key, "an expression; put it in single quotes");
    if (value == null) {
      return null;
    }
    if (value.text().isBlank()) {
      fields.fault(key, "'%s' is empty".formatted(key));
      return null;
    }
    try {
      Expression expression = Cel.read(value.text(), scope);
      for (Root root : unheard) {
        if (ConditionNames.reads(expression.condition(), root)) {
          fields.fault(
              key,
              "'%s' cannot ask for %s: it %s"
                  .formatted(key, root.name().toLowerCase(Locale.ROOT), instead));
        }
      }
      return expression;
    } catch (ExpressionException e) {
      fields.fault(key, "'%s': %s".formatted(key, e.getMessage()));
      return null;
    }
  }
}
