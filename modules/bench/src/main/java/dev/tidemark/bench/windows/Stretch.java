package dev.tidemark.bench.windows;

import java.util.List;

/**
 * What a contestant used between the end of the warm-up and its last output.
 *
 * @param spans records read in the stretch
 * @param seconds how long it took
 * @param appCpu CPU seconds of the contestant
 * @param brokerCpu CPU seconds of the broker
 */
record Stretch(long spans, double seconds, double appCpu, double brokerCpu) {

  /**
   * The stretch of a run: from the first sample with {@code warmUp} of {@code total} records read
   * to the first one in which everything is read and the output has its final end. When all was
   * read between two samples, the stretch begins at the one before.
   *
   * @throws BenchFailure when the samples do not show a whole run
   */
  static Stretch of(List<Sample> samples, long total, double warmUp) {
    Sample from = null;
    Sample to = null;
    Sample before = null;
    long last = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).output();
    for (Sample sample : samples) {
      if (from == null && sample.consumed() >= warmUp * total) {
        from = sample.consumed() < total ? sample : before;
      }
      before = sample;
      if (sample.consumed() >= total && sample.output() == last) {
        to = sample;
        break;
      }
    }
    if (from == null || to == null || to.consumed() <= from.consumed()) {
      throw new BenchFailure(
          "the run was not seen whole: " + samples.size() + " samples of " + total + " records");
    }
    return new Stretch(
        to.consumed() - from.consumed(),
        (to.nanos() - from.nanos()) / 1e9,
        to.appCpu() - from.appCpu(),
        to.brokerCpu() - from.brokerCpu());
  }

  double cpuPerMillion() {
    return (appCpu + brokerCpu) / spans * 1e6;
  }

  double spansPerSecond() {
    return spans / seconds;
  }
}
