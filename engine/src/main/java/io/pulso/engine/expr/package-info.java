/// The expression language: CEL text to a two-valued condition, answered in memory.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.expr;
