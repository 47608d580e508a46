/// What people change by hand: traits, points, sentiment, links between ids.
@org.jspecify.annotations.NullMarked
package io.pulso.server.edit;
