package dev.tidemark.bench.detection;

import java.util.function.Supplier;

/**
 * A method that watches for shifts.
 *
 * @param label what it is, for people
 * @param methods makes one for a history
 * @param runs of each shift that it watches
 * @param quiet its false alarms where nothing changes
 */
record ShiftMethod(String label, Supplier<Method> methods, int runs, CellTrial.Outcome quiet) {
  /** What it did at one shift. */
  record Outcome(ShiftMethod method, ShiftTrial.Delay delay) {}

  /** Counts its false alarms in the first so many stretches of a history. */
  static ShiftMethod counted(
      String label, Supplier<Method> methods, int runs, History history, int stretches) {
    long windows = (long) stretches * History.COUNTED;
    long alarms = history.alarms(methods, stretches);
    return new ShiftMethod(label, methods, runs, new CellTrial.Outcome(label, alarms, windows));
  }

  Outcome at(ShiftTrial trial) {
    return new Outcome(this, trial.run(methods, runs));
  }
}
