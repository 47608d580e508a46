package io.pulso.server.page.overview;

import io.pulso.engine.json.Json;

/// A chart with its numbers.
///
/// @param id of the element
/// @param kind of the chart
/// @param label says what it shows
/// @param data what is drawn
public record Figure(String id, String kind, String label, Json data, Grid grid) {}
