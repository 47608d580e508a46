/// Sessions: which events of a subject belong together, and the ways that people take through them.
@NullMarked
package io.pulso.engine.session;

import org.jspecify.annotations.NullMarked;
