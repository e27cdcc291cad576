package dev.tidemark.bench.detection;

/** Shows a method the calls without the event as events, so that a fall is a rise to it. */
final class Complement implements Method {
  private final Method method;
  private final Counts others = new Counts();

  Complement(Method method) {
    this.method = method;
  }

  @Override
  public boolean observe(Counts window) {
    others.at(window.startMs).independent(window.n, window.n - window.x);
    return method.observe(others);
  }
}
