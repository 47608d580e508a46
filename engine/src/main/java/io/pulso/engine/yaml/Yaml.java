package io.pulso.engine.yaml;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One node of a YAML file and the line, from 1, on which it begins.
public sealed interface Yaml {
  int line();

  /// A single value.
  ///
  /// @param plain whether it stands without quotes, so that it may be a number, a boolean or null
  record Scalar(String text, boolean plain, int line) implements Yaml {
    private static final Pattern NULL = Pattern.compile("(|~|null|Null|NULL)");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");

    public boolean isNull() {
      return plain && NULL.matcher(text).matches();
    }

    /// The boolean it is, null where it is none.
    public @Nullable Boolean bool() {
      if (plain && TRUE.matcher(text).matches()) {
        return Boolean.TRUE;
      }
      return (plain && FALSE.matcher(text).matches()) ? Boolean.FALSE : null;
    }
  }

  record Items(List<Yaml> items, int line) implements Yaml {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Keys with their values, in the order of the file; no key is there twice.
  record Mapping(List<Entry> entries, int line) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    public @Nullable Yaml get(String key) {
      return entries.stream()
          .filter(entry -> entry.key().equals(key))
          .map(Entry::value)
          .findFirst()
          .orElse(null);
    }
  }

  /// A node whose fault has been noted already, so that nothing more is said about it.
  record Refused(int line) implements Yaml {}

  /// A key with its value.
  ///
  /// @param line where the key stands
  record Entry(String key, int line, Yaml value) {}

  /// What it is, in a fault.
  default String kind() {
    return switch (this) {
      case Scalar s -> s.isNull() ? "nothing" : Words.quote(s.text());
      case Items i -> "a list";
      case Mapping m -> "fields";
      case Refused r -> "a refused value";
    };
  }
}
