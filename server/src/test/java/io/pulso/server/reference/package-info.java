/// What others published about public data, beside what Pulso makes of the same data.
@org.jspecify.annotations.NullMarked
package io.pulso.server.reference;
