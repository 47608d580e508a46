/// Metrics of a workspace: which there are, and what they come to.
@NullMarked
package io.pulso.server.metric;

import org.jspecify.annotations.NullMarked;
