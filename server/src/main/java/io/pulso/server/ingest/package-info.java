/// The doors: formats, mappings and checks.
@org.jspecify.annotations.NullMarked
package io.pulso.server.ingest;
