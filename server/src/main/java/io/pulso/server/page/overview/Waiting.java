package io.pulso.server.page.overview;

/// What is shown instead of a glance.
///
/// @param kind `events` or `model` where they are missing, or `loading`
/// @param title of the page
public record Waiting(String kind, String title, long number) {}
