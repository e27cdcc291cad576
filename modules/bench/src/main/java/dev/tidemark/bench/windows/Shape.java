package dev.tidemark.bench.windows;

/**
 * One set of spans that several contestants read.
 *
 * @param name short name; prefix of its topics
 * @param spans how many
 * @param partitions of the topics it is written to
 * @param series tool x version names
 * @param uniform every series equally often; else zipf
 */
record Shape(String name, long spans, int partitions, int series, boolean uniform) {
  static final int VERSIONS = 3;

  /** Simulated arrivals: so many spans per second of event time, whatever the size of the set. */
  static final int SPANS_PER_SECOND = 10_000;

  /**
   * Start of the first window, milliseconds since the epoch: three hours ago. Brokers delete what
   * is older than the retention of a store's changelog by the clock, however young its reader
   * believes it to be, and nothing would be left to restore.
   */
  static final long START_MS =
      Math.floorDiv(System.currentTimeMillis() - 3 * 3_600_000L, 15_000) * 15_000;

  /** The set most figures come from: 50 tools in 3 versions. */
  static Shape usual(long spans, int partitions) {
    return new Shape("p" + partitions, spans, partitions, 50 * VERSIONS, false);
  }

  int tools() {
    return (series + VERSIONS - 1) / VERSIONS;
  }

  String prefix() {
    return "bench-" + name;
  }

  /** Event time the set covers, seconds. */
  long seconds() {
    return spans / SPANS_PER_SECOND;
  }
}
