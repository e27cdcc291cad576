package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;

/**
 * The mixture of the product's detector of rates alone, in one direction: its alternatives, weights
 * and recursion, with calls as independent as they are (phi = 1) and nothing that holds an alarm
 * back (a cap on what one window may tell, what a rate may wander, a season). That is what can be
 * compared with a procedure that is optimal for one shift. It lives in the package of the detector
 * to use its classes. Not thread-safe.
 */
public final class MixtureProbe {
  private static final double KNOWN = 1e7;
  private static final double CAP_PART = 0.5;
  private static final double NO_CAP = Double.MAX_VALUE;
  private final Direction direction;
  private final boolean learns;
  private final double gamma;
  private final double cap;
  private final EDetector detector;
  private final double[] logs;
  private final double[][] known;
  private double a;
  private double b;
  private long windows;

  private MixtureProbe(double a, double b, boolean up, double gamma, double cap, int most) {
    this.a = a;
    this.b = b;
    this.learns = most == 0;
    this.direction = up ? Direction.UP : Direction.DOWN;
    this.gamma = gamma;
    this.cap = cap;
    this.detector = new EDetector(Likelihoods.weights(direction, false));
    this.logs = new double[detector.weights().length];
    this.known = new double[most + 1][];
  }

  /**
   * The rate without a change is known, as after ten million calls.
   *
   * @param gamma false alarms per window that it is given
   * @param calls of every window
   */
  public static MixtureProbe known(double rate, boolean up, double gamma, int calls) {
    return new MixtureProbe(rate * KNOWN, (1 - rate) * KNOWN, up, gamma, NO_CAP, calls);
  }

  /** The same with the product's cap: no window tells more than half of what an alarm takes. */
  public static MixtureProbe capped(double rate, boolean up, double gamma, int calls) {
    double cap = -CAP_PART * Ln.of(gamma);
    return new MixtureProbe(rate * KNOWN, (1 - rate) * KNOWN, up, gamma, cap, calls);
  }

  /**
   * Nothing is known at first and every window is learned, as the product does.
   *
   * @param gamma false alarms per window that it is given
   */
  public static MixtureProbe learning(boolean up, double gamma) {
    return new MixtureProbe(BetaNull.PRIOR, BetaNull.PRIOR, up, gamma, NO_CAP, 0);
  }

  /** Takes a window; true when the sum reaches one, after which it starts afresh. */
  public boolean observe(long n, long x) {
    Slice slice = new Slice(windows, windows, windows + 1, n, x);
    windows++;
    boolean alarm = detector.step(logs(n, x), gamma, slice, 0) >= 1;
    if (alarm) {
      detector.reset();
    } else if (learns) {
      a += x;
      b += n - x;
    }
    return alarm;
  }

  private double[] logs(long n, long x) {
    if (learns) {
      return log(n, x, logs);
    }
    int events = (int) x;
    if (known[events] == null) {
      known[events] = log(n, x, new double[logs.length]);
    }
    return known[events];
  }

  private double[] log(long n, long x, double[] into) {
    BetaNull belief = new BetaNull(a, b);
    Likelihoods.log(direction, belief, belief.mean(), null, (double) n, (double) x, cap, into);
    return into;
  }
}
