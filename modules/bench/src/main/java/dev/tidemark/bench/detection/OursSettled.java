package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.RateProbe;

/**
 * The product's detector of one rate, watched for longer than a week already. It starts afresh
 * after an alarm.
 */
final class OursSettled implements Method {
  private final RateProbe probe;

  /**
   * @param perWindow false alarms per window it may give, both directions together
   */
  OursSettled(double perWindow) {
    probe = RateProbe.settled(perWindow * Counts.PER_DAY);
  }

  double phi() {
    return probe.phi();
  }

  @Override
  public boolean observe(Counts window) {
    boolean alarm = Ours.observe(probe, window);
    if (alarm) {
      probe.rearm();
    }
    return alarm;
  }
}
