/// The pages of journeys: funnels, cohorts that come back, lifecycles, high scorers, support.
@NullMarked
package io.pulso.server.page.journey;

import org.jspecify.annotations.NullMarked;
