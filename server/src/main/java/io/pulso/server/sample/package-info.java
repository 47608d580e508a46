/// The generated sample company.
@org.jspecify.annotations.NullMarked
package io.pulso.server.sample;
