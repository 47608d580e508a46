/// JSON values and their canonical text.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.json;
