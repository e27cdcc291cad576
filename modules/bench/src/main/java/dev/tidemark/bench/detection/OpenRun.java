package dev.tidemark.bench.detection;

/** A simulated run under way. */
final class OpenRun {
  final double rate;
  int calls;
  int events;

  OpenRun(double rate) {
    this.rate = rate;
  }

  void call(Counts window, Chance chance) {
    boolean event = chance.uniform() < rate;
    window.call(calls, events, event);
    calls++;
    events += event ? 1 : 0;
  }
}
