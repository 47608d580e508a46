package io.pulso.engine.expr;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.expr.Path.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads `properties.plan["a b"][0]` into a [Path].
final class PathReader {
  private final Reader reader;
  private final Cel.Scope scope;

  PathReader(Reader reader, Cel.Scope scope) {
    this.reader = reader;
    this.scope = scope;
  }

  Path read(CelExpr expr) {
    List<Step> steps = new ArrayList<>();
    CelExpr at = expr;
    while (at.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      if (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
        steps.add(new Step.Key(at.select().field()));
        at = at.select().operand();
      } else if (at.callOrDefault().function().equals("_[_]")) {
        steps.add(step(at.call().args().get(1)));
        at = at.call().args().get(0);
      } else {
        throw reader.fault(at, "only properties, context, traits, account and source have fields");
      }
    }
    Collections.reverse(steps);
    String name = at.ident().name();
    if (scope == Cel.Scope.LIST && Standing.WORDS.contains(name)) {
      if (!steps.isEmpty()) {
        throw reader.fault(expr, "'%s' has no fields; did you mean traits?".formatted(name));
      }
      return new Standing.Word(name).path();
    }
    return checked(expr, new Path(root(at), steps));
  }

  private Root root(CelExpr ident) {
    String name = ident.ident().name();
    Root root = Names.roots(scope).get(name);
    if (root != null) {
      return root;
    }
    if (Names.roots(Cel.Scope.EVENT).containsKey(name)) {
      throw reader.fault(
          ident,
          "'%s' belongs to an event; here only %s are known".formatted(name, Names.known(scope)));
    }
    throw reader.fault(
        ident, "unknown name '%s'%s".formatted(name, Nearest.hint(name, Names.words(scope))));
  }

  private Step step(CelExpr index) {
    if (index.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      CelConstant constant = index.constant();
      if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
        return new Step.Key(constant.stringValue());
      }
      if (constant.getKind() == CelConstant.Kind.INT64_VALUE
          && constant.int64Value() >= 0
          && constant.int64Value() <= Integer.MAX_VALUE) {
        return new Step.Index((int) constant.int64Value());
      }
    }
    throw reader.fault(index, "an index is a text or a whole number from 0, written out");
  }

  private Path checked(CelExpr expr, Path path) {
    String root = Names.word(path.root());
    if (path.steps().size() > Reader.MAX_DEPTH) {
      throw reader.fault(expr, Syntax.TOO_DEEP);
    }
    switch (path.root()) {
      case EVENT, NAME, TYPE, CHANNEL, VALUE -> {
        if (!path.steps().isEmpty()) {
          throw reader.fault(expr, "'%s' has no fields; did you mean properties?".formatted(root));
        }
      }
      case PROPERTIES, CONTEXT, TRAITS, ACCOUNT -> {
        if (!path.steps().isEmpty() && path.steps().getFirst() instanceof Step.Index) {
          throw reader.fault(expr, "'%s' is an object; its keys are texts".formatted(root));
        }
      }
      case SOURCE -> {
        boolean known = path.equals(Names.SOURCE_NAME) || path.equals(Names.SOURCE_TRUSTED);
        if (!known && !path.steps().isEmpty()) {
          throw reader.fault(expr, "'source' has the fields name and trusted");
        }
      }
      case STANDING -> {}
    }
    return path;
  }
}
