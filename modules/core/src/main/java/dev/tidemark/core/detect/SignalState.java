package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;

/**
 * Where one signal of one series stands: what is no alert and is shown as such.
 *
 * @param series which series
 * @param signal which signal
 * @param item evaluation or tool it is about; empty when the signal says it all
 * @param label where it stands
 * @param baseline trials, values or five-minute slots known
 * @param needed more of them before a doubling could be found; 0 when there are enough
 * @param lastMs end of the last window that told something, milliseconds since the epoch
 */
public record SignalState(
    SeriesKey series,
    Signal signal,
    String item,
    Label label,
    long baseline,
    long needed,
    long lastMs) {

  /** Labels; none of them gates anything. */
  public enum Label {
    /** Fewer than twenty trials: nothing can be said yet. */
    LEARNING,
    /** So few trials that a doubling could not be found, however long one waits. */
    INSUFFICIENT_BASELINE,
    /** Watched, and nothing fires. */
    OK,
    /** An episode is open. */
    FIRING,
    /** Nothing was told for longer than an episode is superseded after. */
    NO_DATA
  }

  private static final long LEARNING_BELOW = 20;

  static SignalState of(SeriesWatch series, SignalWatch watch, DetectorSettings settings) {
    Baseline baseline = watch.baseline(series.purse(settings));
    return new SignalState(
        series.key(),
        watch.id().signal(),
        watch.id().item(),
        watch.open() ? Label.FIRING : standing(baseline.n(), baseline.missing()),
        baseline.n(),
        baseline.missing(),
        watch.previousEndMs());
  }

  /**
   * The same seen at a time: what has told nothing for long is NO_DATA, unless it fires.
   *
   * @param nowMs event time, such as the end of the newest window
   */
  public SignalState at(long nowMs, DetectorSettings settings) {
    boolean quiet = nowMs - lastMs > settings.supersedeAfter().toMillis();
    Label now = quiet ? Label.NO_DATA : standing(baseline, needed);
    return label == Label.FIRING || label == now
        ? this
        : new SignalState(series, signal, item, now, baseline, needed, lastMs);
  }

  private static Label standing(long baseline, long needed) {
    if (needed == 0) {
      return Label.OK;
    }
    return baseline < LEARNING_BELOW ? Label.LEARNING : Label.INSUFFICIENT_BASELINE;
  }
}
