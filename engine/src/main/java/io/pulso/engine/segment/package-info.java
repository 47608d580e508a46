/// Segments: who belongs together, as their author wrote it.
@NullMarked
package io.pulso.engine.segment;

import org.jspecify.annotations.NullMarked;
