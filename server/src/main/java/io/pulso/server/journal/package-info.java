/// The journal: where an accepted request is safe on disk before its sender is told so.
@org.jspecify.annotations.NullMarked
package io.pulso.server.journal;
