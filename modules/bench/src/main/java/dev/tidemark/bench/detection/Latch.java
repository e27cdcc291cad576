package dev.tidemark.bench.detection;

/** Lets one alarm of a series through per hour, for every method alike. */
final class Latch implements Method {
  private static final long QUIET_MS = 3_600_000;
  private final Method method;
  private long quietUntilMs = Long.MIN_VALUE;

  Latch(Method method) {
    this.method = method;
  }

  @Override
  public boolean observe(Counts window) {
    if (!method.observe(window) || window.endMs() < quietUntilMs) {
      return false;
    }
    quietUntilMs = window.endMs() + QUIET_MS;
    return true;
  }
}
