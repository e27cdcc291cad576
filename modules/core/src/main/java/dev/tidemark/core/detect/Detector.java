package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;

/** One signal of one series against one baseline. */
interface Detector {
  DetectionMode mode();

  /** The shift while one is firing, else null. */
  Evidence firing();

  /** Ends an episode from outside; the detector starts afresh from its baseline. */
  void stop();

  void write(StateWriter out);

  /** What a window brought. */
  enum Turn {
    NONE,
    FIRED,
    RESOLVED
  }
}
