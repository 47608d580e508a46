/// Score models: what the user wrote.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.model;
