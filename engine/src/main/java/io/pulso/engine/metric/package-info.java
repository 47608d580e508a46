/// Metrics: what a figure is, where it comes from, and what follows from counts. Knows no SQL.
@NullMarked
package io.pulso.engine.metric;

import org.jspecify.annotations.NullMarked;
