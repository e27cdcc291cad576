package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.QuantityProbe;
import dev.tidemark.records.Signal;

/** The product's detector of one quantity beside its own past; it starts afresh after an alarm. */
final class OursQuantity implements QuantityMethod {
  private final QuantityProbe probe;

  OursQuantity(Signal signal, double perWindow) {
    probe = QuantityProbe.self(signal, perWindow * Counts.PER_DAY);
  }

  @Override
  public boolean observe(Values window) {
    boolean alarm = probe.observe(window.startMs, window.endMs(), window.values);
    if (alarm) {
      probe.rearm();
    }
    return alarm;
  }
}
