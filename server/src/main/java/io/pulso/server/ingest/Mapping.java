package io.pulso.server.ingest;

import io.pulso.server.ingest.Target.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which column or expression gives each part of a record.
///
/// @param columns all columns of the table
/// @param common what every record of a row has
/// @param variants the records that one row makes, each with what it has beside the common
/// @param rest what becomes of columns that the mapping does not name
record Mapping(
    As as, List<String> columns, List<Assignment> common, List<Variant> variants, Rest rest) {

  /// One part and where it comes from.
  record Assignment(Target target, Source source) {}

  /// One record of a row.
  ///
  /// @param label tells it from the other records of the row; empty where there is one
  /// @param needed the column that must have a value for the record to be made; -1 for none
  record Variant(String label, List<Assignment> parts, int needed) {
    static final Variant ONLY = new Variant("", List.of(), -1);
  }

  /// What becomes of other columns.
  enum Rest {
    DROPPED,
    PROPERTIES,
    TRAITS
  }

  boolean has(Part part) {
    return find(part) != null;
  }

  @org.jspecify.annotations.Nullable
  Source find(Part part) {
    for (Assignment assignment : common) {
      if (assignment.target().part() == part) {
        return assignment.source();
      }
    }
    return null;
  }

  boolean usesFile() {
    return computed().anyMatch(Formula::usesFile);
  }

  private Stream<Formula> computed() {
    return Stream.concat(
            common.stream(), variants.stream().flatMap(variant -> variant.parts().stream()))
        .map(Assignment::source)
        .filter(Source.Computed.class::isInstance)
        .map(source -> ((Source.Computed) source).formula());
  }

  /// The mapping in words, a line a part.
  String describe() {
    List<String> lines = new ArrayList<>();
    common.forEach(one -> lines.add(line(one)));
    for (Variant variant : variants) {
      variant.parts().forEach(one -> lines.add(line(one)));
    }
    if (!has(Part.TIME) && variants.equals(List.of(Variant.ONLY))) {
      lines.add("time ← the moment of this import; map time=… if the rows hold one");
    }
    if (rest != Rest.DROPPED) {
      String unnamed = String.join(", ", unnamed());
      lines.add(
          rest.name().toLowerCase(Locale.ROOT)
              + " ← "
              + (unnamed.isEmpty() ? "nothing else" : unnamed));
    }
    return lines.stream().distinct().collect(Collectors.joining("\n"));
  }

  private static String line(Assignment one) {
    return one.target().word() + " ← " + one.source().text();
  }

  /// The columns that no part takes.
  List<String> unnamed() {
    List<String> unnamed = new ArrayList<>(columns);
    Stream.concat(common.stream(), variants.stream().flatMap(variant -> variant.parts().stream()))
        .filter(one -> one.source() instanceof Source.Column)
        .forEach(one -> unnamed.remove(one.source().text()));
    return unnamed;
  }
}
