/// Who may send, read and change: write keys of sources, tokens of programs.
@org.jspecify.annotations.NullMarked
package io.pulso.server.access;
