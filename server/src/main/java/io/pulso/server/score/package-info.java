/// Scores of a workspace: rebuilt, explained, compared.
@org.jspecify.annotations.NullMarked
package io.pulso.server.score;
