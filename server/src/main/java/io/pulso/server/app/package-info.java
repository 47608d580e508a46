/// Settings, wiring and main.
@org.jspecify.annotations.NullMarked
package io.pulso.server.app;
