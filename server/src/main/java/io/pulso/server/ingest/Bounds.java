package io.pulso.server.ingest;

/// How much a sender may send at once.
///
/// @param event the bytes of one event
/// @param request the bytes of one request, packed and unpacked
/// @param batch the events of one request
public record Bounds(int event, int request, int batch) {
  public static final Bounds DEFAULT = new Bounds(SegmentDecoder.LARGEST, 500 * 1024, 2_500);
}
