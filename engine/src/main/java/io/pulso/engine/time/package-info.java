/// Local days of a time zone.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.time;
