/// The web pages: what a person sees and changes, in four languages.
@NullMarked
package io.pulso.server.page;

import org.jspecify.annotations.NullMarked;
