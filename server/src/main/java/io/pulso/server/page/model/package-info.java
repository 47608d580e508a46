/// The pages on which models are made, tried and published.
@NullMarked
package io.pulso.server.page.model;

import org.jspecify.annotations.NullMarked;
