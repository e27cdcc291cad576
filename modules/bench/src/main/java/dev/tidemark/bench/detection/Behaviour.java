package dev.tidemark.bench.detection;

/**
 * How the calls of a simulated series behave.
 *
 * @param rate mean probability of an event
 * @param season amplitude of the daily season of the rate, from 0 to 1
 * @param sd standard deviation of the rate's logit, an AR(1) process over windows
 * @param memory correlation of that process from one window to the next
 * @param perRun calls of a run; 1 for calls on their own
 * @param correlation of two calls of a run
 */
record Behaviour(
    double rate, double season, double sd, double memory, int perRun, double correlation) {
  static Behaviour iid(double rate) {
    return new Behaviour(rate, 0, 0, 0, 1, 0);
  }

  /** Runs of so many calls that over-dispersion is {@code phi}. */
  static Behaviour clustered(double rate, int perRun, double phi) {
    return new Behaviour(rate, 0, 0, 0, perRun, perRun == 1 ? 0 : (phi - 1) / (perRun - 1));
  }

  static Behaviour wandering(double rate, double sd, double memory) {
    return new Behaviour(rate, 0, sd, memory, 1, 0);
  }

  static Behaviour seasonal(double rate, double season) {
    return new Behaviour(rate, season, 0, 0, 1, 0);
  }

  /** Variance of long sums against that of independent calls, at so many calls per window. */
  double phi(double perWindow) {
    double runs = 1 + (perRun - 1) * correlation;
    double walk = perWindow * rate * (1 - rate) * sd * sd * (1 + memory) / (1 - memory);
    return sd == 0 ? runs : runs + walk;
  }
}
