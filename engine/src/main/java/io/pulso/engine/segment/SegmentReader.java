package io.pulso.engine.segment;

import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.TextsReader;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the file of a segment.
public final class SegmentReader {
  static final List<String> FIELDS = List.of("name", "title", "description", "of", "when", "list");
  static final Map<String, Model.Subject> KINDS =
      Map.of("customers", Model.Subject.CUSTOMER, "accounts", Model.Subject.ACCOUNT);

  private SegmentReader() {}

  /// A segment, and what its author should look at.
  public record SegmentFile(Segment segment, List<String> warnings) {}

  /// The segment in the text of a file. Throws with every fault that was found.
  public static SegmentFile read(String fileName, String text) {
    Notes faults = new Notes(fileName);
    Notes warnings = new Notes(fileName);
    Yaml root = YamlText.read(text, faults);
    if (root == null && faults.isEmpty()) {
      faults.add(1, "the file is empty; it needs 'name', and 'when' or 'list'");
    }
    Fields fields = root == null ? null : Fields.of(root, "", FIELDS, faults);
    Segment segment = fields == null ? null : segment(fields, faults, warnings);
    if (segment == null || !faults.isEmpty()) {
      throw new ModelException(faults.list());
    }
    return new SegmentFile(segment, warnings.list());
  }

  private static @Nullable Segment segment(Fields fields, Notes faults, Notes warnings) {
    String name = fields.requiredName("name");
    Texts title = TextsReader.read(fields, "title", TextsReader.TITLE);
    Texts description = TextsReader.read(fields, "description", TextsReader.LONG);
    Model.Subject of =
        Objects.requireNonNullElse(fields.choice("of", KINDS), Model.Subject.CUSTOMER);
    Segment.Members members = members(fields, of, faults, warnings);
    return name == null || members == null
        ? null
        : new Segment(name, title, description, of, members);
  }

  private static Segment.@Nullable Members members(
      Fields fields, Model.Subject of, Notes faults, Notes warnings) {
    boolean listed = Boolean.TRUE.equals(fields.flag("list"));
    if (listed == fields.has("when")) {
      faults.add(
          fields.line(),
          listed
              ? "a segment has 'when' or 'list', not both"
              : "'when' is missing: say for whom it holds, or write list: true");
      return null;
    }
    if (listed) {
      return new Segment.Listed();
    }
    Expression when = MatchReader.ofLists(fields, "when", "", warnings);
    if (when == null) {
      return null;
    }
    if (of == Model.Subject.ACCOUNT && ConditionNames.reads(when.condition(), Path.Root.TRAITS)) {
      fields.fault("when", "accounts have no 'traits' of their own; use account");
    }
    return new Segment.Rule(when);
  }
}
