/// Requests of this server to others, such as an identity provider.
@org.jspecify.annotations.NullMarked
package io.pulso.server.outgoing;
