/// SQL text for models, in each dialect.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.sql;
