package dev.tidemark.fleet;

import java.util.List;

/**
 * When the steps of one run happen, in milliseconds after the run's start. Recorded times are kept
 * as they are, moved only as far as needed for every step to end at least 1 ms after the one before
 * it. Steps without recorded times get an end by chance, spread over the recorded duration of the
 * run if there is one, and neither a start nor a duration.
 */
final class StepTimes {
  private static final double MEAN_GAP_MS = 4_000;
  private static final long UNKNOWN = -1;
  private final long[] starts;
  private final long[] ends;
  private final long last;

  private StepTimes(long[] starts, long[] ends, long last) {
    this.starts = starts;
    this.ends = ends;
    this.last = last;
  }

  static StepTimes of(RecordedRun run, Chance chance) {
    List<RecordedStep> steps = run.steps();
    long[] starts = new long[steps.size()];
    long[] ends = new long[steps.size()];
    double[] gaps = gaps(run, chance);
    Long origin = run.first().ts();
    double clock = 0;
    long previous = 0;
    for (int i = 0; i < steps.size(); i++) {
      RecordedStep step = steps.get(i);
      starts[i] = UNKNOWN;
      ends[i] = UNKNOWN;
      if (!step.isTimedStep()) {
        continue;
      }
      long earliest = previous + 1;
      if (step.ts() != null && origin != null) {
        Long duration = step.trustedDuration();
        long start = Math.max(step.ts() - origin, previous);
        ends[i] = Math.max(start + (duration == null ? 0 : duration), earliest);
        starts[i] = duration == null ? UNKNOWN : start;
      } else {
        clock += gaps[i];
        ends[i] = Math.max(Math.round(clock), earliest);
      }
      previous = ends[i];
      clock = Math.max(clock, (double) previous);
    }
    return new StepTimes(starts, ends, previous == 0 ? lastOfEmpty(run, chance) : previous);
  }

  /** Start of a step; null when unknown. */
  Long start(int step, long originMs) {
    return starts[step] == UNKNOWN ? null : (Long) (originMs + starts[step]);
  }

  long end(int step, long originMs) {
    return originMs + ends[step];
  }

  /** End of the last step. */
  long last(long originMs) {
    return originMs + last;
  }

  private static double[] gaps(RecordedRun run, Chance chance) {
    double[] gaps = new double[run.steps().size()];
    double sum = 0;
    for (int i = 0; i < gaps.length; i++) {
      if (run.steps().get(i).isTimedStep()) {
        gaps[i] = chance.exponential(MEAN_GAP_MS);
        sum += gaps[i];
      }
    }
    Long duration = run.last().trustedDuration();
    if (duration != null && sum > 0) {
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] *= duration / sum;
      }
    }
    return gaps;
  }

  private static long lastOfEmpty(RecordedRun run, Chance chance) {
    Long duration = run.last().trustedDuration();
    return Math.max(1, duration == null ? Math.round(chance.exponential(MEAN_GAP_MS)) : duration);
  }
}
