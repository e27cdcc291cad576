package dev.tidemark.bench.detection;

/** The windows of one series that hold calls, in the order of time, without end. */
interface CountStream {
  /** Writes the next one. */
  void next(Counts into);
}
