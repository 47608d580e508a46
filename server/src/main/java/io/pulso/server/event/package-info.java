/// Reserved names and rules of records.
@org.jspecify.annotations.NullMarked
package io.pulso.server.event;
