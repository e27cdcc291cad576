package dev.tidemark.bench.detection;

import java.util.function.Supplier;

/**
 * A method that watches for shifts.
 *
 * @param label what it is, for people
 * @param methods makes one for a history
 * @param seen windows that it is shown before a shift
 * @param runs of each shift that it watches
 * @param quiet its false alarms where nothing changes
 */
record ShiftMethod(
    String label, Supplier<Method> methods, int seen, int runs, CellTrial.Outcome quiet) {
  /** What it did at one shift. */
  record Outcome(ShiftMethod method, ShiftTrial.Delay delay) {}

  /** How much of everything a method watches. */
  record Part(int stretches, int seen, int runs) {}

  /** Counts its false alarms in the first stretches of a history. */
  static ShiftMethod counted(String label, Supplier<Method> methods, History history, Part part) {
    long windows = (long) part.stretches() * History.COUNTED;
    long alarms = history.alarms(methods, part.stretches());
    CellTrial.Outcome quiet = new CellTrial.Outcome(label, alarms, windows);
    return new ShiftMethod(label, methods, part.seen(), part.runs(), quiet);
  }

  Outcome at(ShiftTrial trial) {
    return new Outcome(this, trial.run(methods, runs, seen));
  }
}
