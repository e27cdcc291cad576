package dev.tidemark.bench.detection;

import java.util.Locale;

/** What the calls of a simulated fleet are like where nothing changes. */
enum Regime {
  IID(0, "independent calls"),
  CLUSTERED(1, "runs of 1, 8 and 20 calls that go together (0, 0.1, 0.1), by thirds"),
  AR1(2, "the rate wanders: AR(1) on the logit, sd 0.25, correlation 0.9 per window"),
  SEASONAL(3, "the rate has a daily season of +-50 %");

  private static final int[] RUN_LENGTHS = {1, 8, 20};
  private static final double CORRELATION = 0.1;
  private final long stream;
  private final String label;

  Regime(long stream, String label) {
    this.stream = stream;
    this.label = label;
  }

  /** Tells the chances of one regime from those of another. */
  long stream() {
    return stream;
  }

  String label() {
    return label;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Behaviour behaviour(FleetSeries series) {
    double rate = series.rate();
    int perRun = RUN_LENGTHS[series.index() % RUN_LENGTHS.length];
    return switch (this) {
      case IID -> Behaviour.iid(rate);
      case CLUSTERED -> new Behaviour(rate, 0, 0, 0, perRun, perRun == 1 ? 0 : CORRELATION);
      case AR1 -> Behaviour.wandering(rate, 0.25, 0.9);
      case SEASONAL -> Behaviour.seasonal(rate, 0.5);
    };
  }
}
