package dev.tidemark.bench.detection;

import java.util.function.Supplier;

/**
 * Windows of fifty independent calls in which nothing changes, kept so that every method and every
 * step of a calibration sees the very same. They come in stretches: methods begin anew with each,
 * and are counted after 200,000 calls.
 */
final class History {
  /** Windows of a stretch in which alarms count. */
  static final int COUNTED = 20_000;

  private static final int STRETCH = ShiftTrial.BASELINE_WINDOWS + COUNTED;
  private final byte[] events;

  History(double rate, int stretches, Chance chance) {
    events = new byte[stretches * STRETCH];
    for (int i = 0; i < events.length; i++) {
      events[i] = (byte) chance.binomial(Cell.PER_WINDOW, rate);
    }
  }

  int stretches() {
    return events.length / STRETCH;
  }

  /** Alarms in the first so many stretches, at most one per hour. */
  long alarms(Supplier<Method> methods, int stretches) {
    Counts window = new Counts();
    long alarms = 0;
    for (int stretch = 0; stretch < stretches; stretch++) {
      Method method = new Latch(methods.get());
      for (int i = 0; i < STRETCH; i++) {
        window.at(i * Counts.WINDOW_MS);
        window.independent(Cell.PER_WINDOW, events[stretch * STRETCH + i]);
        boolean alarm = method.observe(window);
        alarms += alarm && i >= ShiftTrial.BASELINE_WINDOWS ? 1 : 0;
      }
    }
    return alarms;
  }
}
