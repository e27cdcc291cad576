package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * A random log of one source partition, from a seed: a fleet of one of the {@link FleetKind}s as
 * its records arrive.
 */
public final class ShapedLog {
  private static final long START = 1_790_000_000_000L;
  private static final long YEAR_MS = 365L * 86_400_000;
  private static final int LONGEST_STEP_MS = 40_000;

  private final long seed;
  private final FleetShape shape;
  private final Random random;
  private final List<Stamped> stamped = new ArrayList<>();

  private ShapedLog(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    FleetKind[] kinds = FleetKind.values();
    this.shape = new FleetShape(kinds[Math.floorMod(seed, kinds.length)], random);
    long startMs = START + random.nextInt(60_000);
    for (int run = 0; run < shape.runs; run++) {
      play(startMs + random.nextInt(45_000));
    }
    stamped.sort(Comparator.comparingLong(Stamped::arrivalMs));
  }

  /** The log of a seed; the kinds take turns. */
  public static ShapedLog of(long seed) {
    return new ShapedLog(seed);
  }

  public OracleConfig config() {
    return shape.config;
  }

  /** The arrivals in order, numbered per topic, without heartbeats. */
  public List<LogEntry> entries() {
    return Stamped.entries(stamped);
  }

  @Override
  public String toString() {
    return "seed " + seed + " (" + shape.kind + ")";
  }

  private void play(long startMs) {
    String trace = String.format("%016x%016x", random.nextLong(), random.nextLong() | 1);
    write(trace, "0000000a", startMs);
    if (shape.kind == FleetKind.RETURNING) {
      long silence = 2 * shape.config.horizonMs() + shape.config.latenessMs();
      write(trace, "0000000b", startMs + silence + LONGEST_STEP_MS * 10L);
    }
  }

  private void write(String trace, String ids, long startMs) {
    List<RunScript.Made> script = new RunScript(shape, random, trace, ids, startMs).write();
    if (shape.kind == FleetKind.EDGES) {
      script.forEach(made -> stampAtEdge(made.record(), Times.of(made.record())));
      return;
    }
    for (RunScript.Made made : script) {
      long delay = delay();
      SpecificRecord record = timed(made.record(), made.trueMs(), delay);
      stamp(record, made.trueMs() + delay);
      if (random.nextInt(100) < shape.duplicates) {
        stamp(record, made.trueMs() + (random.nextBoolean() ? delay : delay()));
      }
    }
  }

  private long delay() {
    int draw = random.nextInt(100);
    if (draw < shape.late) {
      return shape.config.latenessMs() + random.nextInt((int) shape.config.horizonMs() / 3);
    }
    if (draw < shape.late + shape.expired) {
      return shape.config.horizonMs() + LONGEST_STEP_MS + random.nextInt(600_000);
    }
    return random.nextInt(shape.delayMs);
  }

  private void stamp(SpecificRecord record, long arrivalMs) {
    stamped.add(new Stamped(record, arrivalMs));
  }

  /** About when its window is corrected from, or a silent run closes, or at once. */
  private void stampAtEdge(SpecificRecord record, long endMs) {
    long startMs = shape.config.startOf(endMs);
    boolean atEnd = random.nextInt(3) == 0;
    long edgeMs =
        atEnd ? startMs + (random.nextBoolean() ? shape.config.windowMs() - 1 : 0) : endMs;
    long beside = random.nextInt(3) - 1L;
    long arrivalMs =
        switch (random.nextInt(5)) {
          case 0, 1 -> shape.config.correctedFrom(startMs) + beside;
          case 2 -> edgeMs + shape.config.latenessMs() + Math.max(0, beside);
          case 3 -> edgeMs + shape.config.inactivityMs() + shape.config.latenessMs() + beside;
          default -> edgeMs;
        };
    stamp(at(record, edgeMs), arrivalMs);
  }

  private SpecificRecord timed(SpecificRecord record, long trueMs, long delay) {
    int draw = random.nextInt(100);
    if (draw < shape.ahead && delay < shape.config.latenessMs()) {
      return at(record, trueMs + random.nextInt((int) shape.config.skewMs()));
    }
    return draw < shape.ahead + shape.absurd ? at(record, absurd(trueMs)) : record;
  }

  private long absurd(long trueMs) {
    return switch (random.nextInt(8)) {
      case 0 -> trueMs + 2 * YEAR_MS;
      case 1 -> trueMs + shape.config.skewMs() + LONGEST_STEP_MS + shape.config.horizonMs() * 3;
      case 2 -> 0;
      case 3 -> -trueMs;
      case 4 -> trueMs / 1_000;
      case 5 -> trueMs * 1_000_000;
      case 6 -> Long.MAX_VALUE;
      default -> YEAR_MS * 20;
    };
  }

  private static SpecificRecord at(SpecificRecord record, long endMs) {
    if (record instanceof AgentSpan span) {
      span.setEndMs(endMs);
    } else {
      ((AgentEvent) record).setTimeMs(endMs);
    }
    return record;
  }
}
