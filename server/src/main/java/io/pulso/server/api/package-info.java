/// The API that programs use: JSON over HTTP.
@org.jspecify.annotations.NullMarked
package io.pulso.server.api;
