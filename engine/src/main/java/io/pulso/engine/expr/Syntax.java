package io.pulso.engine.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;

/// Reads CEL text into CEL's own tree, without macros and within limits.
final class Syntax {
  static final int MAX_LENGTH = 2_000;
  static final String TOO_DEEP = "nested deeper than " + Reader.MAX_DEPTH + " levels";

  /// Parentheses count here, so this lies well above [Reader#MAX_DEPTH].
  private static final int MAX_RECURSION = 100;

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(MAX_LENGTH)
                  .maxParseRecursionDepth(MAX_RECURSION)
                  .maxParseErrorRecoveryLimit(1)
                  .build())
          .setStandardMacros(List.of())
          .build();

  private Syntax() {}

  static CelAbstractSyntaxTree parse(Source source) {
    int length = source.text().codePointCount(0, source.text().length());
    if (length > MAX_LENGTH) {
      throw source.fault(
          0, "the expression has " + length + " characters; at most " + MAX_LENGTH + " are read");
    }
    if (source.text().isBlank()) {
      throw source.fault(0, "the expression is empty");
    }
    CelValidationResult read = PARSER.parse(source.text());
    try {
      return read.getAst();
    } catch (CelValidationException _) {
      throw fault(source, read.getErrors().getFirst());
    }
  }

  private static ExpressionException fault(Source source, CelIssue issue) {
    CelSourceLocation at = issue.getSourceLocation();
    return source.fault(source.offset(at.getLine(), at.getColumn()), plain(issue.getMessage()));
  }

  /// The parser's message in words for people who do not know its grammar.
  private static String plain(String message) {
    if (message.contains("recursion limit")) {
      return TOO_DEEP;
    }
    if (message.startsWith("For input string")) {
      return "this number is too large";
    }
    if (message.startsWith("mismatched input '<EOF>'")) {
      return "the expression ends too early";
    }
    if (message.startsWith("missing ")) {
      return message.replace("<EOF>", "the end");
    }
    String token = quoted(message);
    if (message.startsWith("no viable alternative") && token.startsWith(".")) {
      String key = token.substring(1);
      return "'%s' is a word of the language; write [\"%s\"] instead of .%s"
          .formatted(key, key, key);
    }
    if (token.startsWith("\"") || token.startsWith("'")) {
      return message.startsWith("token recognition")
          ? "this text has no closing quote"
          : token + " is not expected here";
    }
    return message.startsWith("reserved identifier") || token.isEmpty()
        ? message
        : "'" + token + "' is not expected here" + operatorHint(token);
  }

  private static String operatorHint(String token) {
    return switch (token) {
      case "=" -> "; did you mean '=='?";
      case "&", "and", "AND" -> "; did you mean '&&'?";
      case "|", "or", "OR" -> "; did you mean '||'?";
      case "not", "NOT" -> "; did you mean '!'?";
      default -> "";
    };
  }

  /// What stands between the first quote of a message and its partner.
  private static String quoted(String message) {
    int from = message.indexOf('\'');
    int cut = message.indexOf(" expecting ");
    int to = message.lastIndexOf('\'', cut < 0 ? message.length() : cut);
    return from < 0 || to <= from ? "" : message.substring(from + 1, to).strip();
  }
}
