package dev.tidemark.fleet;

import dev.tidemark.fleet.Selector.Half;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is played: phases one after the other, such as version A and then version B. Runs arrive by
 * chance (Poisson) and overlap as in a real fleet; a phase begins when the last run of the one
 * before has started. Immutable.
 *
 * @param phases at least one
 * @param seed decides every chance; the same plan and seed give the same records
 * @param runsPerHour mean arrivals per simulated hour
 * @param speed simulated time per real time; {@link #MAX_SPEED} does not wait at all
 * @param tail simulated quiet time after the last record, at least two minutes, in which heartbeats
 *     let all windows close
 */
public record FleetPlan(
    List<Phase> phases, long seed, double runsPerHour, double speed, Duration tail) {

  /** As fast as the publisher takes it. */
  public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

  private static final Duration SHORTEST_TAIL = Duration.ofMinutes(2);
  private static final double USUAL_RATE = 600;
  private static final double USUAL_SPEED = 60;

  /**
   * A part of a plan.
   *
   * @param name for people, such as {@code before}
   * @param runs which runs
   * @param playedAs version the records carry; null keeps the recorded one
   * @param repeat how often all runs are played, each time in another order and with other trace
   *     ids; at least 1
   */
  public record Phase(String name, Selector runs, String playedAs, int repeat) {
    public Phase {
      if (repeat < 1) {
        throw new IllegalArgumentException(
            "phase '" + name + "' repeats " + repeat + " times: use 1 or more");
      }
    }

    /** The version its records carry. */
    public String version() {
      return playedAs == null ? runs.version() : playedAs;
    }
  }

  public FleetPlan {
    phases = List.copyOf(phases);
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("the plan has no phase: add at least one");
    }
    if (!(runsPerHour > 0) || Double.isInfinite(runsPerHour)) {
      throw new IllegalArgumentException(
          "the plan has " + runsPerHour + " runs per hour: use a positive number");
    }
    if (!(speed > 0)) {
      throw new IllegalArgumentException("the plan has speed " + speed + ": use a positive number");
    }
    if (tail.compareTo(SHORTEST_TAIL) < 0) {
      throw new IllegalArgumentException(
          "the plan has a tail of " + tail + ": windows need at least " + SHORTEST_TAIL);
    }
  }

  /** These phases at 600 runs per hour and 60 times real time. */
  public static FleetPlan of(List<Phase> phases, long seed) {
    return new FleetPlan(phases, seed, USUAL_RATE, USUAL_SPEED, SHORTEST_TAIL);
  }

  /** Version a, then version b. */
  public static FleetPlan change(Truth.Pair pair, long seed) {
    return change(pair.src(), pair.domain(), pair.a(), pair.b(), seed);
  }

  /** Version a, then version b. */
  public static FleetPlan change(String src, String domain, String a, String b, long seed) {
    return of(
        List.of(
            new Phase("before", Selector.of(src, domain, a), null, 1),
            new Phase("after", Selector.of(src, domain, b), null, 1)),
        seed);
  }

  /**
   * One half of a version and then the other: nothing changes, so every alarm is a false one.
   *
   * @param relabel whether the second half is called {@code version-aa}, as if it had been rolled
   *     out; otherwise both halves carry the same version
   */
  public static FleetPlan same(
      String src, String domain, String version, boolean relabel, long seed) {
    Selector all = Selector.of(src, domain, version);
    return of(
        List.of(
            new Phase("before", all.half(Half.EVEN), null, 1),
            new Phase("after", all.half(Half.ODD), relabel ? version + "-aa" : null, 1)),
        seed);
  }

  /** Every phase played this often, for longer histories. */
  public FleetPlan repeat(int times) {
    var repeated = new ArrayList<Phase>();
    for (Phase phase : phases) {
      repeated.add(new Phase(phase.name(), phase.runs(), phase.playedAs(), times));
    }
    return new FleetPlan(repeated, seed, runsPerHour, speed, tail);
  }

  /** Another mean rate of arrivals per simulated hour. */
  public FleetPlan runsPerHour(double value) {
    return new FleetPlan(phases, seed, value, speed, tail);
  }

  /** Another speed. */
  public FleetPlan speed(double value) {
    return new FleetPlan(phases, seed, runsPerHour, value, tail);
  }

  /** Another tail. */
  public FleetPlan tail(Duration value) {
    return new FleetPlan(phases, seed, runsPerHour, speed, value);
  }
}
