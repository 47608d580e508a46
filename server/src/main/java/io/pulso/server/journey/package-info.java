/// Journeys of a workspace's customers and accounts: who takes which step, who comes back, who
/// leaves.
@NullMarked
package io.pulso.server.journey;

import org.jspecify.annotations.NullMarked;
