/// The people who may use the pages: their roles, passwords, sessions, and what they did.
@org.jspecify.annotations.NullMarked
package io.pulso.server.people;
