package io.pulso.engine.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.MatchReader;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.TextsReader;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads funnels, from files or alone.
public final class FunnelReader {
  /// The id of a funnel that has none.
  public static final String OWN = "own";

  private static final String BUILT_IN = "funnels.yaml";
  private static final List<String> FIELDS =
      List.of("id", "title", "steps", "window", "order", "per", "who");
  private static final List<String> STEP = List.of("title", "match");
  private static final int MOST = 200;
  private static final int LONGEST_ID = 64;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,5})([mhd])");
  private static final long MINUTE = 60_000_000L;
  private static final long DAY = 1_440 * MINUTE;
  private static final long USUAL_WINDOW = 14 * DAY;
  private static final long LONGEST_WINDOW = 730 * DAY;

  private static final Map<String, Funnel.Order> ORDERS =
      Map.of(
          "ordered", Funnel.Order.ORDERED,
          "strict", Funnel.Order.STRICT,
          "any", Funnel.Order.ANY);
  private static final Map<String, Model.Subject> SUBJECTS =
      Map.of("customer", Model.Subject.CUSTOMER, "account", Model.Subject.ACCOUNT);
  private static final Map<String, Select.Who> WHO =
      Map.of(
          "anybody", Select.Who.ANYBODY,
          "identified", Select.Who.IDENTIFIED,
          "anonymous", Select.Who.ANONYMOUS);

  private final Notes faults;
  private final Notes warnings;

  private FunnelReader(String fileName) {
    this.faults = new Notes(fileName);
    this.warnings = new Notes(fileName);
  }

  /// The funnels that come with the program.
  public static List<Funnel> builtIn() {
    try (InputStream file = FunnelReader.class.getResourceAsStream(BUILT_IN)) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      return read(BUILT_IN, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The funnels in the text of a file, under `funnels`. Throws with every fault that was found.
  public static List<Funnel> read(String fileName, String text) {
    FunnelReader reader = new FunnelReader(fileName);
    Yaml root = YamlText.read(text, reader.faults);
    Fields file = root == null ? null : Fields.of(root, "", List.of("funnels"), reader.faults);
    List<Funnel> found = new ArrayList<>();
    if (file != null && file.require("funnels")) {
      Set<String> ids = new HashSet<>();
      for (Yaml item : file.items("funnels", MOST)) {
        Funnel funnel = reader.funnel(item, true);
        if (funnel != null && !ids.add(funnel.id())) {
          reader.faults.add(item.line(), "funnel " + Words.quote(funnel.id()) + " is there twice");
        } else if (funnel != null) {
          found.add(funnel);
        }
      }
    }
    reader.check();
    return List.copyOf(found);
  }

  /// One funnel that stands alone, as YAML or JSON.
  public static Funnel one(String name, String text) {
    FunnelReader reader = new FunnelReader(name);
    Yaml root = YamlText.read(text, reader.faults);
    Funnel found = root == null ? null : reader.funnel(root, false);
    reader.check();
    if (found == null) {
      throw new ModelException(List.of(name + ": a funnel needs 'steps'"));
    }
    return found;
  }

  private void check() {
    if (!faults.isEmpty()) {
      throw new ModelException(faults.list());
    }
  }

  private @Nullable Funnel funnel(Yaml item, boolean named) {
    Fields fields = Fields.of(item, "funnel", FIELDS, faults);
    if (fields == null) {
      return null;
    }
    String id = id(fields, named);
    fields.require("steps");
    List<Funnel.Step> steps = new ArrayList<>();
    int given = 0;
    for (Yaml step : fields.items("steps", Funnel.MOST_STEPS)) {
      given++;
      Funnel.Step read = step(step);
      if (read != null) {
        steps.add(read);
      }
    }
    if (fields.has("steps") && given < Funnel.LEAST_STEPS) {
      fields.fault("steps", "'steps' needs at least %d of them".formatted(Funnel.LEAST_STEPS));
    }
    long window = window(fields);
    Funnel.Order order = fields.choice("order", ORDERS);
    Model.Subject per = fields.choice("per", SUBJECTS);
    Select.Who who = fields.choice("who", WHO);
    if (per == Model.Subject.ACCOUNT && fields.has("who")) {
      fields.fault("who", "'who' chooses customers; remove it where steps are those of accounts");
    }
    if (id == null || steps.size() < Funnel.LEAST_STEPS) {
      return null;
    }
    return new Funnel(
        id,
        TextsReader.read(fields, "title", TextsReader.TITLE),
        steps,
        window,
        order == null ? Funnel.Order.ORDERED : order,
        per == null ? Model.Subject.CUSTOMER : per,
        who == null
            ? per == Model.Subject.ACCOUNT ? Select.Who.ANYBODY : Select.Who.IDENTIFIED
            : who);
  }

  private static @Nullable String id(Fields fields, boolean named) {
    if (!named && !fields.has("id")) {
      return OWN;
    }
    fields.require("id");
    String id = fields.text("id", LONGEST_ID);
    if (id != null && !ID.matcher(id).matches()) {
      fields.fault(
          "id", Words.quote(id) + " cannot be an id; use a-z, 0-9, _ and -, a letter first");
      return null;
    }
    return id;
  }

  /// Told by its condition alone, or by fields.
  private Funnel.@Nullable Step step(Yaml item) {
    Yaml node =
        item instanceof Yaml.Scalar
            ? new Yaml.Mapping(List.of(new Yaml.Entry("match", item.line(), item)), item.line())
            : item;
    Fields fields = Fields.of(node, "step", STEP, faults);
    if (fields == null || !fields.require("match")) {
      return null;
    }
    Expression match = MatchReader.event(fields, "match", "step: ", warnings);
    Texts title = TextsReader.read(fields, "title", TextsReader.TITLE);
    return match == null ? null : new Funnel.Step(title, match);
  }

  private static long window(Fields fields) {
    String text = fields.text("window", 10);
    if (text == null) {
      return USUAL_WINDOW;
    }
    long window = window(text);
    if (window < 0) {
      fields.fault(
          "window",
          "'window' cannot be "
              + Words.quote(text)
              + "; write minutes, hours or days such as 30m, 12h or 7d, at most 730d");
    }
    return window;
  }

  /// A window in microseconds, as in `30m`, `12h` or `7d`; -1 where the text is none.
  public static long window(String text) {
    Matcher found = WINDOW.matcher(text);
    if (!found.matches()) {
      return -1;
    }
    long unit =
        switch (String.valueOf(found.group(2))) {
          case "m" -> MINUTE;
          case "h" -> 60 * MINUTE;
          default -> DAY;
        };
    long window = Long.parseLong(found.group(1)) * unit;
    return window > LONGEST_WINDOW ? -1 : window;
  }

  /// A window as it is written.
  public static String window(long micros) {
    if (micros % DAY == 0) {
      return micros / DAY + "d";
    }
    return micros % (60 * MINUTE) == 0 ? micros / (60 * MINUTE) + "h" : micros / MINUTE + "m";
  }
}
