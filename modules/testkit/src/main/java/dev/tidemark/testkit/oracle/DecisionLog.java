package dev.tidemark.testkit.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * A random log, from a seed, of requests and decisions that mostly stand in different traces: some
 * unanswered, some answered twice, some told twice, late, at the very millisecond at which a window
 * is over, or long after the request is forgotten.
 */
public final class DecisionLog {
  private static final long START = 1_790_000_000_000L;

  private final long seed;
  private final Random random;
  private final OracleConfig config;
  private final DecisionDraft draft;
  private final List<Stamped> stamped = new ArrayList<>();

  private DecisionLog(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.config =
        random.nextBoolean()
            ? new OracleConfig(15_000, 15_000, 300_000, 1_200_000, 4_800_000, 120_000, 3)
            : new OracleConfig(7_000, 5_000, 60_000, 900_000, 1_800_000, 45_000, 3);
    this.draft = new DecisionDraft(random, config);
    int matters = 2 + random.nextInt(8);
    for (int i = 0; i < matters; i++) {
      matter(START + random.nextInt(60_000));
    }
    stamped.sort(Comparator.comparingLong(Stamped::arrivalMs));
  }

  /** The log of a seed. */
  public static DecisionLog of(long seed) {
    return new DecisionLog(seed);
  }

  public OracleConfig config() {
    return config;
  }

  /** The arrivals in order, numbered per topic, without heartbeats. */
  public List<LogEntry> entries() {
    return Stamped.entries(stamped);
  }

  @Override
  public String toString() {
    return "decisions of seed " + seed;
  }

  /** Requests and decisions about one thing. */
  private void matter(long startMs) {
    draft.about();
    long at = startMs;
    int steps = 1 + random.nextInt(6);
    for (int i = 0; i < steps; i++) {
      long gapMs = gap();
      at += gapMs;
      draft.trace(gapMs > 60_000);
      stamp(random.nextInt(5) < 2 ? draft.request(at) : draft.decision(at));
    }
  }

  private long gap() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> 0;
      case 2, 3, 4 -> random.nextInt(3_000);
      case 5, 6, 7, 8 -> random.nextInt(40_000);
      case 9, 10 -> random.nextInt((int) config.humanHorizonMs());
      default -> config.horizonMs() + 2 * config.humanHorizonMs() + random.nextInt(3_000_000);
    };
  }

  private void stamp(SpecificRecord record) {
    long endMs = Times.of(record);
    stamped.add(new Stamped(record, endMs + delay(endMs)));
    if (random.nextInt(6) == 0) {
      stamped.add(new Stamped(record, endMs + delay(endMs)));
    }
  }

  private long delay(long endMs) {
    long edgeMs = config.correctedFrom(config.startOf(endMs)) - endMs;
    return switch (random.nextInt(16)) {
      case 0, 1 -> config.latenessMs() + random.nextInt((int) config.horizonMs() / 2);
      case 2 -> config.horizonMs() + 1 + random.nextInt(60_000);
      case 3, 4 -> edgeMs + random.nextInt(3) - 1L;
      case 5 -> -random.nextInt((int) config.skewMs());
      default -> random.nextInt(300);
    };
  }
}
