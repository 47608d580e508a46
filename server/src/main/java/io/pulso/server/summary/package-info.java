/// What is told of everybody at a glance: counts of each day, and pictures of the present that are
/// made in the background.
@org.jspecify.annotations.NullMarked
package io.pulso.server.summary;
