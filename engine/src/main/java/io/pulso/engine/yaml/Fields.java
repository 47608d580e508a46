package io.pulso.engine.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of one YAML mapping, read by name. What is wrong becomes a fault that begins with the
/// place, as in `activity 'logins': `, and the field then counts as absent.
public final class Fields {
  private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final Yaml.Mapping mapping;
  private final String place;
  private final Notes faults;

  private Fields(Yaml.Mapping mapping, String place, Notes faults) {
    this.mapping = mapping;
    this.place = place;
    this.faults = faults;
  }

  /// The fields of a node; null, with a fault, where it is no mapping.
  ///
  /// @param place what the mapping is, `activity 'logins'`, or empty for the file itself
  /// @param known the fields that it may have
  public static @Nullable Fields of(
      Yaml node, String place, Collection<String> known, Notes faults) {
    String prefix = place.isEmpty() ? "" : place + ": ";
    if (!(node instanceof Yaml.Mapping mapping)) {
      if (!(node instanceof Yaml.Refused)) {
        faults.add(node.line(), prefix + "must have fields (key: value), not be " + node.kind());
      }
      return null;
    }
    for (Yaml.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        String word = entry.key();
        faults.add(
            entry.line(),
            prefix + "unknown field " + Words.quote(word) + Nearest.hint(word, known));
      }
    }
    return new Fields(mapping, prefix, faults);
  }

  public int line() {
    return mapping.line();
  }

  /// Where a field's value stands, or the mapping when it has none.
  public int line(String key) {
    Yaml value = mapping.get(key);
    return value == null ? line() : value.line();
  }

  public Notes faults() {
    return faults;
  }

  /// Notes a fault of a field.
  public void fault(String key, String text) {
    faults.add(line(key), place + text);
  }

  /// Whether the field is written, rightly or wrongly.
  public boolean has(String key) {
    return mapping.get(key) != null;
  }

  /// Notes a fault where the field is written; says what to do instead.
  public void refuse(String key, String text) {
    for (Yaml.Entry entry : mapping.entries()) {
      if (entry.key().equals(key)) {
        faults.add(entry.line(), place + text);
      }
    }
  }

  /// Notes a fault where the field is not written.
  public boolean require(String key) {
    if (!has(key)) {
      faults.add(line(), place + Words.quote(key) + " is missing");
    }
    return has(key);
  }

  /// The value, null when it is absent, empty or refused.
  public @Nullable Yaml get(String key) {
    Yaml value = mapping.get(key);
    if (value instanceof Yaml.Scalar scalar && scalar.isNull()) {
      refuse(key, Words.quote(key) + " has no value");
      return null;
    }
    return value instanceof Yaml.Refused ? null : value;
  }

  public Yaml.@Nullable Scalar scalar(String key, String wanted) {
    Yaml value = get(key);
    if (value == null || value instanceof Yaml.Scalar) {
      return (Yaml.Scalar) value;
    }
    wrong(key, wanted, value);
    return null;
  }

  /// A text of one line that is not blank.
  public @Nullable String text(String key, int longest) {
    String text = prose(key, longest);
    if (text != null && text.codePoints().anyMatch(Words::isControl)) {
      fault(key, Words.quote(key) + " must be one line");
      return null;
    }
    return text;
  }

  /// A text of any number of lines that is not blank.
  public @Nullable String prose(String key, int longest) {
    Yaml.Scalar value = scalar(key, "a text");
    if (value == null) {
      return null;
    }
    if (value.text().isBlank()) {
      fault(key, Words.quote(key) + " is empty");
      return null;
    }
    int length = value.text().length();
    if (length > longest) {
      fault(key, Words.quote(key) + " has " + length + " characters; it may have " + longest);
      return null;
    }
    return value.text();
  }

  /// A name that must be there.
  public @Nullable String requiredName(String key) {
    require(key);
    return name(key);
  }

  /// A name that other places refer to: lower-case letters, digits, `_` and `-`.
  public @Nullable String name(String key) {
    Yaml.Scalar value = scalar(key, "a name");
    if (value == null || NAME.matcher(value.text()).matches()) {
      return value == null ? null : value.text();
    }
    String rule = "; use up to 64 of a-z, 0-9, _ and -, a letter or digit first";
    fault(key, Words.quote(value.text()) + " cannot be a name" + rule);
    return null;
  }

  /// A decimal number in thousandths; both bounds are included.
  public @Nullable Long milli(String key, long least, long most) {
    Yaml.Scalar value = scalar(key, "a number");
    return value == null ? null : milli(key, value, least, most);
  }

  /// A list of decimal numbers in thousandths.
  public @Nullable List<Long> millis(String key, long least, long most) {
    Yaml value = get(key);
    if (!(value instanceof Yaml.Items list)) {
      if (value != null) {
        wrong(key, "a list of numbers", value);
      }
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    for (Yaml item : list.items()) {
      if (!(item instanceof Yaml.Scalar scalar)) {
        wrong(key, "a list of numbers", item);
        return null;
      }
      Long number = milli(key, scalar, least, most);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }

  private @Nullable Long milli(String key, Yaml.Scalar value, long least, long most) {
    BigDecimal number = number(key, value);
    if (number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 3) {
      fault(key, Words.quote(key) + " has more than 3 decimals: " + number.toPlainString());
      return null;
    }
    BigDecimal thousandths = number.movePointRight(3);
    if (outside(thousandths, least, most)) {
      outside(key, Decimals.show(least), Decimals.show(most), number);
      return null;
    }
    return thousandths.longValueExact();
  }

  public @Nullable Integer whole(String key, int least, int most) {
    Yaml.Scalar value = scalar(key, "a number");
    BigDecimal number = value == null ? null : number(key, value);
    if (number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      fault(key, Words.quote(key) + " must be a whole number, not " + number.toPlainString());
      return null;
    }
    if (outside(number, least, most)) {
      outside(key, Integer.toString(least), Integer.toString(most), number);
      return null;
    }
    return number.intValueExact();
  }

  private @Nullable BigDecimal number(String key, Yaml.Scalar value) {
    if (!Decimals.isNumber(value.text())) {
      wrong(key, "a number such as 10 or 0.5", value);
      return null;
    }
    if (!value.plain()) {
      fault(key, Words.quote(key) + " must be a number; remove the quotes");
      return null;
    }
    return Decimals.read(value.text());
  }

  private static boolean outside(BigDecimal number, long least, long most) {
    return number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0;
  }

  private void outside(String key, String least, String most, BigDecimal number) {
    String range = " must be between " + least + " and " + most + ", not ";
    fault(key, Words.quote(key) + range + number.toPlainString());
  }

  /// Days as in `28d`.
  public @Nullable Integer days(String key, int least, int most) {
    Yaml.Scalar value = scalar(key, "days as in 28d");
    if (value == null) {
      return null;
    }
    Matcher days = DAYS.matcher(value.text());
    if (!days.matches()) {
      wrong(key, "whole days as in 28d", value);
      return null;
    }
    int count = Integer.parseInt(days.group(1));
    if (count < least || count > most) {
      String range = " must be between " + least + "d and " + most + "d, not ";
      fault(key, Words.quote(key) + range + value.text());
      return null;
    }
    return count;
  }

  public @Nullable Boolean flag(String key) {
    Yaml.Scalar value = scalar(key, "true or false");
    if (value != null && value.bool() == null) {
      wrong(key, "true or false", value);
    }
    return value == null ? null : value.bool();
  }

  /// One of some words.
  public <T> @Nullable T choice(String key, Map<String, T> words) {
    Yaml.Scalar value = scalar(key, "a word");
    if (value == null) {
      return null;
    }
    T chosen = words.get(value.text());
    if (chosen == null) {
      String hint = Nearest.hint(value.text(), new TreeSet<>(words.keySet()));
      fault(key, Words.quote(key) + " cannot be " + Words.quote(value.text()) + hint);
    }
    return chosen;
  }

  /// A list; empty when it is absent or wrong.
  public List<Yaml> items(String key, int most) {
    Yaml value = get(key);
    if (value instanceof Yaml.Items list) {
      if (list.items().size() <= most) {
        return list.items();
      }
      fault(
          key,
          Words.quote(key) + " has " + list.items().size() + " items; " + most + " are allowed");
    } else if (value != null) {
      wrong(key, "a list", value);
    }
    return List.of();
  }

  /// The fields under a field.
  public @Nullable Fields under(String key, Collection<String> known) {
    Yaml value = get(key);
    return value == null ? null : of(value, place + Words.quote(key), known, faults);
  }

  /// Notes that a field should be something else.
  public void wrong(String key, String wanted, Yaml value) {
    fault(key, Words.quote(key) + " must be " + wanted + ", not " + value.kind());
  }
}
