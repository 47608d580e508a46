/// The ways in: signing in and out, one-time links, the first administrator.
@org.jspecify.annotations.NullMarked
package io.pulso.server.page.entry;
