package dev.tidemark.bench.detection;

/** The rule of most observability tools: a rate over a span is so many times the usual one. */
final class TimesBaseline implements Method {
  private final double times;
  private final int fewest;
  private final Baseline baseline = new Baseline();
  private final Trailing span;

  TimesBaseline(double times, int minutes, int fewest) {
    this.times = times;
    this.fewest = fewest;
    this.span = new Trailing(minutes, 60_000);
  }

  @Override
  public boolean observe(Counts window) {
    if (baseline.takes(window)) {
      return false;
    }
    span.add(window);
    return span.n() >= fewest && span.rate() >= times * baseline.rate();
  }
}
