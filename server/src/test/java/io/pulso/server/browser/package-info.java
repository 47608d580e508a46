/// Support for tests in a real browser.
@org.jspecify.annotations.NullMarked
package io.pulso.server.browser;
