package dev.tidemark.streams.evidence;

import dev.tidemark.core.evidence.Tail;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Sketch;
import java.time.Duration;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Durations and costs of the runs of each series by day, in the order their summaries were read:
 * the log decides it. Not thread-safe.
 */
final class Tails {
  static final Duration DAY = Duration.ofDays(1);

  /** Two days are asked for; summaries may come late. */
  static final Duration RETENTION = DAY.multipliedBy(4);

  private final WindowStore<String, Sketch> store;
  private final long atLeast;

  Tails(WindowStore<String, Sketch> store, long atLeast) {
    this.store = store;
    this.atLeast = atLeast;
  }

  /** Milliseconds beyond which a run of the same series is slow; NaN when not known. */
  double slowMs(AgentRun run) {
    return begin(key(run, "ms"), run.getEndMs());
  }

  /** Micro-units beyond which a run of the same series is costly; NaN when not known. */
  double costlyMicros(AgentRun run) {
    return begin(key(run, "micros"), run.getEndMs());
  }

  /** Counts a run that is summarised for the first time. */
  void add(AgentRun run) {
    if (run.getDurationMs() != null) {
      add(key(run, "ms"), run.getEndMs(), run.getDurationMs());
    }
    if (run.getCostMicros() > 0) {
      add(key(run, "micros"), run.getEndMs(), run.getCostMicros());
    }
  }

  private double begin(String key, long endMs) {
    long day = day(endMs);
    Sketch before = day < DAY.toMillis() ? null : store.fetch(key, day - DAY.toMillis());
    return Tail.begin(before, store.fetch(key, day), atLeast);
  }

  private void add(String key, long endMs, long value) {
    long day = day(endMs);
    store.put(key, Tail.with(store.fetch(key, day), Math.max(0, value)), day);
  }

  private static long day(long endMs) {
    long ms = Math.max(0, endMs);
    return ms - ms % DAY.toMillis();
  }

  private static String key(AgentRun run, String unit) {
    return String.join(
        "\u0000",
        unit,
        run.getTenant(),
        run.getEnvironment(),
        run.getAgentName(),
        run.getAgentVersion() == null ? "" : run.getAgentVersion(),
        unit.equals("micros") && run.getCostCurrency() != null ? run.getCostCurrency() : "");
  }
}
