package dev.tidemark.bench.detection;

/** A measurement that cannot be made; the message is one sentence for people. */
final class DetectionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DetectionFailure(String message) {
    super(message);
  }
}
