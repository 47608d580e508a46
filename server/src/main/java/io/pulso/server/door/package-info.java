/// The doors through which events come in over HTTP.
@org.jspecify.annotations.NullMarked
package io.pulso.server.door;
