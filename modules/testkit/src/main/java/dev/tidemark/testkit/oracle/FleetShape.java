package dev.tidemark.testkit.oracle;

import java.util.Random;

/**
 * What a random fleet is like. Every shape has a little of everything that its kind does not
 * exclude, and much of what it is named after. Shares are percentages.
 */
final class FleetShape {
  private static final int SOME = 12;

  final FleetKind kind;
  final OracleConfig config;
  final int runs;
  final int steps;
  final int gapMs;
  final int delayMs;
  final int late;
  final int expired;
  final int ahead;
  final int absurd;
  final int duplicates;
  final int rootless;
  final int orphans;
  final int wrapped;
  final int retried;
  final int failing;
  final int denied;
  final int awaiting;
  final int sides;
  final int strangers;
  final int clockSteps;
  final int errorTypes;
  final int rules;
  final int currencies;
  final int modelsOfTen;

  FleetShape(FleetKind kind, Random random) {
    this.kind = kind;
    this.config = config(random);
    boolean calm = kind == FleetKind.CALM || kind == FleetKind.MANY_NAMES;
    this.runs = kind == FleetKind.MANY_RUNS ? 25 : 1 + random.nextInt(6);
    this.steps = kind == FleetKind.LONG_RUNS || kind == FleetKind.MANY_NAMES ? 45 : 12;
    this.gapMs =
        kind == FleetKind.LONG_RUNS ? (int) config.windowMs() : 500 + random.nextInt(4_000);
    this.delayMs = random.nextInt(3) == 0 ? 300 : (int) Math.max(1, config.latenessMs());
    this.late = share(kind == FleetKind.LATE, calm, random);
    this.expired = share(kind == FleetKind.EXPIRED, calm, random) / 2;
    this.ahead = share(kind == FleetKind.AHEAD, calm, random);
    this.absurd = share(kind == FleetKind.ABSURD, calm, random) / 2;
    this.duplicates = share(kind == FleetKind.DUPLICATES, false, random);
    this.rootless = share(kind == FleetKind.ROOTLESS, false, random);
    this.orphans = share(kind == FleetKind.ORPHANS, false, random);
    this.wrapped =
        kind == FleetKind.CURRENCIES ? 0 : share(kind == FleetKind.WRAPPED, calm, random);
    this.retried = share(kind == FleetKind.RETRIES, false, random);
    this.failing = 10 + share(kind == FleetKind.RETRIES, false, random);
    this.denied = share(kind == FleetKind.DENIALS || kind == FleetKind.MANY_NAMES, false, random);
    this.awaiting = share(kind == FleetKind.HUMANS, false, random);
    this.sides = share(kind == FleetKind.SIDES || kind == FleetKind.HUMANS, false, random);
    this.strangers = share(kind == FleetKind.STRANGERS, false, random);
    this.clockSteps = share(kind == FleetKind.CLOCK_STEPS, calm, random);
    this.errorTypes = kind == FleetKind.MANY_NAMES ? 40 : 4;
    this.rules = kind == FleetKind.MANY_NAMES ? 40 : 3;
    this.currencies = kind == FleetKind.CURRENCIES ? 3 : 1;
    this.modelsOfTen =
        kind == FleetKind.MODELS || kind == FleetKind.CURRENCIES ? 8 : 1 + random.nextInt(4);
  }

  private static int share(boolean much, boolean none, Random random) {
    if (much) {
      return 30 + random.nextInt(40);
    }
    return none || random.nextInt(3) == 0 ? 0 : random.nextInt(SOME);
  }

  private static OracleConfig config(Random random) {
    if (random.nextInt(3) > 0) {
      return new OracleConfig(15_000, 15_000, 300_000, 1_200_000, 4_800_000, 120_000, 3);
    }
    long windowMs = new long[] {1_000, 7_000, 10_000, 60_000}[random.nextInt(4)];
    long latenessMs = new long[] {1_000, 5_000, 20_000}[random.nextInt(3)];
    return new OracleConfig(
        windowMs, latenessMs, 60_000, 900_000, 3_600_000, 45_000, 2 + random.nextInt(4));
  }
}
