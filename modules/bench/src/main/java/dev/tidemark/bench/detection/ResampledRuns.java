package dev.tidemark.bench.detection;

import java.util.List;

/** Windows of about so many calls, made of whole recorded runs drawn by chance. */
final class ResampledRuns implements CountStream {
  private final List<long[]> runs;
  private final int perWindow;
  private final Chance chance;
  private long nextMs;

  /**
   * @param runs trials and events of each recorded run
   */
  ResampledRuns(List<long[]> runs, int perWindow, Chance chance) {
    this.runs = runs;
    this.perWindow = perWindow;
    this.chance = chance;
  }

  @Override
  public void next(Counts into) {
    into.at(nextMs);
    nextMs += Counts.WINDOW_MS;
    while (into.n < perWindow) {
      long[] run = runs.get(chance.below(runs.size()));
      into.n += run[0];
      into.x += run[1];
      into.runs++;
      into.nn += run[0] * run[0];
      into.nx += run[0] * run[1];
      into.xx += run[1] * run[1];
    }
  }
}
