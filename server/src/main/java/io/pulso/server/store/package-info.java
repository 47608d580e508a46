/// The embedded store: the only place with java.sql.
@org.jspecify.annotations.NullMarked
package io.pulso.server.store;
