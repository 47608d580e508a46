/// What the sample company must be like.
@org.jspecify.annotations.NullMarked
package io.pulso.server.sample;
