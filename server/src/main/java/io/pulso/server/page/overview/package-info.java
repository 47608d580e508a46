/// The pages that look at everybody's engagement at once.
@NullMarked
package io.pulso.server.page.overview;

import org.jspecify.annotations.NullMarked;
