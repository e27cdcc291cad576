package dev.tidemark.core.detect;

/**
 * The detector with its roles exchanged: is the behaviour back? Its null is a rate half-way (on the
 * odds) between the baseline and the shift, or beyond; its alternative the edge of what the
 * baseline tolerates. Half-way, because beside a baseline of zero the edge itself could never be
 * told apart. Its own budget is one wrong end per ten days of firing.
 */
final class Resolution {
  private static final double WRONG_ENDS_PER_DAY = 0.1;
  private static final double DAY_MS = 86_400_000;
  private final double shifted;
  private final double back;
  private double r;

  private Resolution(double shifted, double back, double r) {
    this.shifted = shifted;
    this.back = back;
    this.r = r;
  }

  static Resolution of(Evidence evidence) {
    double edge =
        Odds.scale(evidence.before().halfEventRate(), Likelihoods.tolerance(evidence.direction()));
    double middle = Odds.middle(edge, evidence.after().halfEventRate());
    return new Resolution(middle, edge, 0);
  }

  /** Takes a window while firing; whether the episode is over. */
  boolean step(Slice slice, double phi) {
    double gamma = WRONG_ENDS_PER_DAY * (slice.endMs() - slice.startMs()) / DAY_MS;
    double n = slice.n() / phi;
    double x = slice.x() / phi;
    double log =
        x * StrictMath.log(back / shifted) + (n - x) * StrictMath.log((1 - back) / (1 - shifted));
    r = StrictMath.exp(Math.min(log, -StrictMath.log(gamma) / 2)) * (r + gamma);
    return r >= 1;
  }

  void write(StateWriter out) {
    out.real(shifted).real(back).real(r);
  }

  static Resolution read(StateReader in) {
    return new Resolution(in.real(), in.real(), in.real());
  }
}
