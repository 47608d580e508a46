/// The pages of segments: what there are, how they are built, and how two differ.
@NullMarked
package io.pulso.server.page.segment;

import org.jspecify.annotations.NullMarked;
