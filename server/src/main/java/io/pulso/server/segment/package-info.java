/// Segments of a workspace: who is in them on a day, who came and went, and how two differ.
@NullMarked
package io.pulso.server.segment;

import org.jspecify.annotations.NullMarked;
