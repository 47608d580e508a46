/// Events and the names that are reserved.
@org.jspecify.annotations.NullMarked
package io.pulso.engine.event;
