package io.pulso.server.page.overview;

import java.util.List;

/// Somebody whose score changed, as a line of a list.
///
/// @param id empty where it is the name
/// @param to the page of this customer or account
/// @param crossed whether the bands differ
/// @param lines what the change is made of
public record MoverRow(
    String name,
    String id,
    String to,
    String before,
    String after,
    BandLook bandBefore,
    BandLook bandAfter,
    boolean crossed,
    String change,
    boolean up,
    String reason,
    List<WhyLine> lines) {}
