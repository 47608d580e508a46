/// The pages on what comes in: sources, the live stream, what was rejected, imports, quality.
@NullMarked
package io.pulso.server.page.data;

import org.jspecify.annotations.NullMarked;
