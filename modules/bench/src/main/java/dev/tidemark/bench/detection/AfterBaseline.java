package dev.tidemark.bench.detection;

/** Silences a method for the days in which the usual rules learn their baseline. */
final class AfterBaseline implements Method {
  private final Method method;

  AfterBaseline(Method method) {
    this.method = method;
  }

  @Override
  public boolean observe(Counts window) {
    return method.observe(window) && window.startMs >= Baseline.LENGTH_MS;
  }
}
