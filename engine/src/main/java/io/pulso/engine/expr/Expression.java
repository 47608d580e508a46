package io.pulso.engine.expr;

/// A condition together with the CEL text it was read from.
public record Expression(String text, Condition condition) {}
