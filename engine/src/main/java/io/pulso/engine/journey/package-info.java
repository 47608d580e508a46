/// What customers do over time: funnels, cohorts that come back or do not, how long somebody stays.
@NullMarked
package io.pulso.engine.journey;

import org.jspecify.annotations.NullMarked;
