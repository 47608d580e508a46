/// The pages of metrics and calculators.
@NullMarked
package io.pulso.server.page.metric;

import org.jspecify.annotations.NullMarked;
