/// What every scoring engine must do, and the slow and obvious scorer that says what is right.
@org.jspecify.annotations.NullMarked
package io.pulso.testkit;
