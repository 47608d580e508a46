package io.pulso.server.ingest;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import io.pulso.server.store.RejectReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A CEL expression over `row`, `file` and `line`, compiled once and answered for each row.
final class Formula {
  private static final int LONGEST = 2_000;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(40)
          .maxRegexProgramSize(2_000)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final CelRuntime.Program program;
  private final boolean usesRow;
  private final boolean usesFile;
  private final boolean usesLine;

  private Formula(CelRuntime.Program program, List<String> names) {
    this.program = program;
    this.usesRow = names.contains("row");
    this.usesFile = names.contains("file");
    this.usesLine = names.contains("line");
  }

  /// @param columns the columns that rows have; empty where a row may have any
  /// @param typed whether the values have types of their own, else they are texts
  static Formula read(String text, List<String> columns, boolean typed, Times times) {
    try {
      CelAbstractSyntaxTree tree = compile(text, typed);
      List<CelExpr> nodes =
          CelNavigableAst.fromAst(tree).getRoot().allNodes().map(node -> node.expr()).toList();
      if (!columns.isEmpty()) {
        nodes.forEach(node -> checkColumn(node, columns));
      }
      List<String> names =
          nodes.stream()
              .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
              .map(node -> node.ident().name())
              .toList();
      return new Formula(runtime(times).createProgram(tree), names);
    } catch (CelValidationException e) {
      throw new InputException("'" + text + "': " + first(e), e);
    } catch (CelEvaluationException | StackOverflowError e) {
      throw new InputException("'" + text + "': the expression is too complex", e);
    }
  }

  private static CelAbstractSyntaxTree compile(String text, boolean typed)
      throws CelValidationException {
    CelType row = MapType.create(SimpleType.STRING, typed ? SimpleType.DYN : SimpleType.STRING);
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(declarations())
            .addVar("row", row)
            .addVar("file", SimpleType.STRING)
            .addVar("line", SimpleType.INT)
            .build();
    CelValidationResult result = compiler.compile(text);
    return result.getAst();
  }

  private static List<CelFunctionDecl> declarations() {
    return List.of(
        CelFunctionDecl.newFunctionDeclaration(
            "date",
            overload("date_text", SimpleType.TIMESTAMP, SimpleType.STRING),
            overload("date_format", SimpleType.TIMESTAMP, SimpleType.STRING, SimpleType.STRING)),
        CelFunctionDecl.newFunctionDeclaration(
            "duration",
            overload("duration_days_int", SimpleType.DURATION, SimpleType.INT),
            overload("duration_days_double", SimpleType.DURATION, SimpleType.DOUBLE)),
        CelFunctionDecl.newFunctionDeclaration(
            "abs",
            overload("abs_int", SimpleType.INT, SimpleType.INT),
            overload("abs_double", SimpleType.DOUBLE, SimpleType.DOUBLE)));
  }

  private static CelOverloadDecl overload(String id, CelType result, CelType... arguments) {
    return CelOverloadDecl.newGlobalOverload(id, result, arguments);
  }

  // The bindings hold what is not safe for several threads; a formula is used by one.
  @SuppressWarnings("Immutable")
  private static CelRuntime runtime(Times times) {
    Map<String, DateTimeFormatter> formats = new ConcurrentHashMap<>();
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .addLibraries(CelExtensions.strings())
        .addFunctionBindings(
            List.of(
                CelFunctionBinding.from("date_text", String.class, text -> date(text, times)),
                CelFunctionBinding.from(
                    "date_format",
                    String.class,
                    String.class,
                    (text, format) -> date(text, format, times, formats)),
                CelFunctionBinding.from("duration_days_int", Long.class, days -> days(days)),
                CelFunctionBinding.from("duration_days_double", Double.class, days -> days(days)),
                CelFunctionBinding.from("abs_int", Long.class, Math::absExact),
                CelFunctionBinding.from("abs_double", Double.class, d -> Math.abs(d))))
        .build();
  }

  private static Instant date(String text, Times times) throws CelEvaluationException {
    try {
      return instant(times.read(text));
    } catch (RowFault e) {
      throw new CelEvaluationException(e.detail());
    }
  }

  private static Instant date(
      String text, String format, Times times, Map<String, DateTimeFormatter> formats)
      throws CelEvaluationException {
    try {
      return instant(
          times.read(
              text,
              formats.computeIfAbsent(
                  format, f -> DateTimeFormatter.ofPattern(f, Locale.ENGLISH))));
    } catch (RowFault e) {
      throw new CelEvaluationException(e.detail());
    } catch (IllegalArgumentException e) {
      throw new CelEvaluationException("'" + format + "' is no time format");
    }
  }

  private static Duration days(double days) throws CelEvaluationException {
    if (!(Math.abs(days) < 1e7)) {
      throw new CelEvaluationException("a duration of " + days + " days is too long");
    }
    return Duration.ofMillis(Math.round(days * 86_400_000));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  /// `row.x` and `row["x"]` must name a column.
  private static void checkColumn(CelExpr node, List<String> columns) {
    String column = null;
    if (node.getKind() == CelExpr.ExprKind.Kind.SELECT && isRow(node.select().operand())) {
      column = node.select().field();
    } else if (node.getKind() == CelExpr.ExprKind.Kind.CALL
        && node.call().function().equals("_[_]")
        && isRow(node.call().args().get(0))
        && node.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      column = node.call().args().get(1).constant().stringValue();
    }
    if (column != null && !columns.contains(column)) {
      throw new InputException(
          "there is no column '" + column + "'" + Nearest.hint(column, columns));
    }
  }

  private static boolean isRow(CelExpr node) {
    return node.getKind() == CelExpr.ExprKind.Kind.IDENT && node.ident().name().equals("row");
  }

  private static String first(CelValidationException e) {
    return e.getErrors().stream()
        .findFirst()
        .map(issue ->
            issue.getMessage() + " (column " + (issue.getSourceLocation().getColumn() + 1) + ")")
        .orElse("is no expression");
  }

  boolean usesFile() {
    return usesFile;
  }

  boolean isConstant() {
    return !usesRow && !usesFile && !usesLine;
  }

  /// The answer for a row: a text, a Long, a Double, a Boolean, an Instant, a list or a map; null
  /// for CEL's null.
  @Nullable Object answer(Map<String, ?> row, String file, long line) throws RowFault {
    try {
      Object answer =
          program.eval(name ->
              switch (name) {
                case "row" -> Optional.of(row);
                case "file" -> Optional.of(file);
                case "line" -> Optional.of(line);
                default -> Optional.empty();
              });
      return answer instanceof dev.cel.common.values.NullValue ? null : answer;
    } catch (CelEvaluationException | DateTimeException | ArithmeticException e) {
      throw new RowFault(RejectReason.MAPPING_FAILED, said(e));
    } catch (StackOverflowError e) {
      throw new RowFault(RejectReason.MAPPING_FAILED, "the expression is too complex");
    }
  }

  private static String said(Exception e) {
    String said = String.valueOf(e.getMessage()).replace("evaluation error: ", "");
    return said.length() <= 300 ? said : said.substring(0, 300) + "…";
  }
}
