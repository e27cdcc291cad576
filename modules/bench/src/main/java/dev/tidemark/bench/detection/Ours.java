package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.RateProbe;

/** The product's detector of one rate beside its own past. */
final class Ours implements Method {
  static final String NAME = "ours";
  private final RateProbe probe;

  Ours(double perDay) {
    probe = RateProbe.self(perDay);
  }

  RateProbe probe() {
    return probe;
  }

  @Override
  public boolean observe(Counts w) {
    return observe(probe, w);
  }

  static boolean observe(RateProbe probe, Counts w) {
    return probe.observe(w.startMs, w.endMs(), w.n, w.x, w.runs, w.nn, w.nx, w.xx);
  }
}
