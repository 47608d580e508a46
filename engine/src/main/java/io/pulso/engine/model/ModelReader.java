package io.pulso.engine.model;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Reads model files.
public final class ModelReader {
  static final List<String> FIELDS =
      List.of(
          "name",
          "title",
          "subject",
          "applies_to",
          "priority",
          "method",
          "window",
          "decay",
          "base",
          "clamp",
          "groups",
          "activities",
          "bands",
          "tests");
  static final Map<String, Model.Subject> SUBJECTS =
      Map.of("customer", Model.Subject.CUSTOMER, "account", Model.Subject.ACCOUNT);
  static final Map<String, Model.Method> METHODS =
      Map.of(
          "points", Model.Method.POINTS,
          "weighted", Model.Method.WEIGHTED,
          "fit", Model.Method.FIT);

  private static final int DEFAULT_WINDOW = 28;
  private static final int MOST_PRIORITY = 1_000_000;

  private ModelReader() {}

  /// The model in the text of a file. Throws with every fault that was found.
  public static ModelFile read(String fileName, String text) {
    Notes faults = new Notes(fileName);
    Notes warnings = new Notes(fileName);
    Yaml root = YamlText.read(text, faults);
    if (root == null && faults.isEmpty()) {
      faults.add(1, "the file is empty; a model needs at least 'name' and 'activities'");
    }
    Fields fields = root == null ? null : Fields.of(root, "", FIELDS, faults);
    Model model = fields == null ? null : model(fields, warnings, sha256(text));
    if (model == null || !faults.isEmpty()) {
      throw new ModelException(faults.list());
    }
    return new ModelFile(model, warnings.list());
  }

  private static Model model(Fields fields, Notes warnings, String hash) {
    List<Model.Group> groups = PartReader.groups(fields);
    Frame frame = frame(fields, groups, warnings);
    MethodRules.model(fields, frame);
    List<Activity> activities = ActivityReader.read(fields, frame);
    MethodRules.weights(fields, activities, frame);
    Warnings.groups(groups, activities, fields.line("groups"), frame);
    BandReader.Chosen bands = BandReader.read(fields, frame.isWeighted());
    String name = fields.requiredName("name");
    Integer priority = fields.whole("priority", -MOST_PRIORITY, MOST_PRIORITY);
    Long base = fields.milli("base", -PartReader.MOST, PartReader.MOST);
    return new Model(
        name == null ? "" : name,
        TextsReader.read(fields, "title", TextsReader.TITLE),
        frame.subject(),
        MatchReader.read(fields, "applies_to", true, "", frame),
        priority == null ? 0 : priority,
        frame.method() == null ? Model.Method.POINTS : frame.method(),
        frame.window(),
        frame.decay(),
        base == null ? 0 : base,
        PartReader.range(fields, "clamp"),
        groups,
        activities,
        bands.bands(),
        bands.name(),
        TestReader.read(fields, frame, bands.bands()),
        hash);
  }

  private static Frame frame(Fields fields, List<Model.Group> groups, Notes warnings) {
    Model.Subject subject = fields.choice("subject", SUBJECTS);
    Model.Method method = fields.choice("method", METHODS);
    Integer window = PartReader.window(fields);
    Decay decay = PartReader.decay(fields);
    Frame frame =
        new Frame(
            subject == null ? Model.Subject.CUSTOMER : subject,
            method == null && !fields.has("method") ? Model.Method.POINTS : method,
            window == null ? DEFAULT_WINDOW : window,
            decay == null ? new Decay.None() : decay,
            groups.stream().map(Model.Group::name).toList(),
            fields.faults(),
            warnings);
    if (window != null) {
      Warnings.window(window, fields.line("window"), "", frame);
    }
    return frame;
  }

  /// The hash of a model's text, by which versions and drafts are told apart.
  public static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
