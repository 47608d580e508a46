/// YAML files that people write: a small tree with line numbers, and faults that say where.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.yaml;
