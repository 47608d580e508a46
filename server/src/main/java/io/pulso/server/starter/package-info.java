/// A first model, proposed from what arrives.
@org.jspecify.annotations.NullMarked
package io.pulso.server.starter;
