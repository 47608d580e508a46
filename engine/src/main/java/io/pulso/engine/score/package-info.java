/// The arithmetic of scores: kernel, explanation, next step.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.score;
