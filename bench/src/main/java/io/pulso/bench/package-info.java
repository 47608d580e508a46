/// Whole-process benchmarks with peers beside them.
@org.jspecify.annotations.NullMarked
package io.pulso.bench;
