/// The command line.
@org.jspecify.annotations.NullMarked
package io.pulso.server.cli;
