package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * States of all signals of all series.
   *
   * @param nowMs event time, such as the end of the newest window
   */
  public static List<SignalState> all(
      DetectorStates states, DetectorSettings settings, long nowMs) {
    List<SubjectVersions> subjects = new ArrayList<>();
    states.each(SeriesKeys.SUBJECTS, (key, bytes) -> subjects.add(SubjectVersions.of(bytes)));
    List<SignalState> all = new ArrayList<>();
    for (SubjectVersions subject : subjects) {
      for (SubjectVersions.Version version : subject.all()) {
        SeriesWatch series = SeriesWatch.load(version.key(), states);
        all.addAll(series.each(watch -> of(series, watch, settings, nowMs)));
      }
    }
    return all;
  }

  private static SignalState of(
      SeriesWatch series, SignalWatch watch, DetectorSettings settings, long nowMs) {
    Baseline baseline = watch.baseline(series.purse(settings));
    boolean quiet = nowMs - watch.previousEndMs() > settings.supersedeAfter().toMillis();
    Label label = Label.OK;
    if (watch.open()) {
      label = Label.FIRING;
    } else if (quiet) {
      label = Label.NO_DATA;
    } else if (baseline.n() < LEARNING_BELOW && baseline.missing() > 0) {
      label = Label.LEARNING;
    } else if (baseline.missing() > 0) {
      label = Label.INSUFFICIENT_BASELINE;
    }
    return new SignalState(
        series.key(),
        watch.id().signal(),
        watch.id().item(),
        label,
        baseline.n(),
        baseline.missing(),
        watch.previousEndMs());
  }
}
