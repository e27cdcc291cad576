package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.testkit.Events;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.wire.Partitioning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Forty minutes of an agent as its records arrive: a second version behind a guard takes over, for
 * a while beside the first; half an hour of silence; a third version that is slower.
 */
final class DriftingLog {
  private static final int RUNS = 400;
  private static final long EVERY_MS = 4_000;
  private static final long SILENCE_MS = 1_800_000;
  private static final int DELAY_MS = 14_000;
  private final Random random;
  private final int latePerMille;
  private final List<LogEntry> entries = new ArrayList<>();

  private DriftingLog(Random random, int latePerMille) {
    this.random = random;
    this.latePerMille = latePerMille;
  }

  /** Records in the order of their arrival, and a heartbeat at the end of each partition. */
  static List<LogEntry> of(long seed, int partitions, int latePerMille) {
    DriftingLog log = new DriftingLog(new Random(seed), latePerMille);
    for (int run = 0; run < RUNS; run++) {
      log.play(run, partitions);
    }
    log.entries.sort(Comparator.comparingLong(LogEntry::arrivalMs));
    long endMs = log.entries.get(log.entries.size() - 1).arrivalMs() + 8 * 3_600_000L;
    for (int partition = 0; partition < partitions; partition++) {
      for (LogEntry.Topic topic : LogEntry.Topic.values()) {
        log.entries.add(LogEntry.heartbeat(topic, partition, 0, endMs));
      }
    }
    return log.entries;
  }

  private void play(int number, int partitions) {
    String run = "run-" + number;
    String version = version(number);
    long silence = number < 3 * RUNS / 4 ? 0 : SILENCE_MS;
    long startMs = Spans.T0 + number * EVERY_MS + silence;
    boolean guarded = version.equals("v2");
    boolean before = false;
    for (int call = 0; call < 4; call++) {
      boolean denied = random.nextInt(100) < (guarded ? 60 : 3);
      Spans span = Spans.tool(run, run + "/" + call, call % 2 == 0 ? "send" : "read");
      span.agent("teller", version).endMs(startMs + 900L * call).arguments("a" + call);
      long lastsMs = (version.equals("v3") ? 900L : 60L) + random.nextInt(60);
      if (before) {
        span.with(s -> s.setAttempt(2));
      }
      add((denied ? span.denied("four-eyes") : span).lasting(lastsMs).build(), partitions);
      before = denied;
    }
    Spans model = Spans.model(run, run + "/m", "large").agent("teller", version);
    add(model.endMs(startMs + 3_700).tokens(900, 80).costMicros(4_000).build(), partitions);
    boolean passed = random.nextInt(100) < (guarded ? 30 : 90);
    Events event = Events.taskSuccess(run, run + "/e", passed).agent("teller", version);
    add(event.timeMs(startMs + 3_800).build(), partitions);
    add(
        Spans.run(run, run + "/r").agent("teller", version).endMs(startMs + 3_900).build(),
        partitions);
  }

  private String version(int number) {
    if (number < RUNS / 3) {
      return "v1";
    } else if (number < RUNS / 2) {
      return random.nextBoolean() ? "v1" : "v2";
    }
    return number < 3 * RUNS / 4 ? "v2" : "v3";
  }

  private void add(AgentSpan span, int partitions) {
    int partition = Partitioning.trace(span.getTraceId(), partitions);
    entries.add(LogEntry.of(span, partition, 0, span.getEndMs() + delay()));
  }

  private void add(AgentEvent event, int partitions) {
    int partition = Partitioning.trace(event.getTraceId(), partitions);
    entries.add(LogEntry.of(event, partition, 0, event.getTimeMs() + delay()));
  }

  private long delay() {
    return random.nextInt(1_000) < latePerMille
        ? 60_000 + random.nextInt(300_000)
        : random.nextInt(DELAY_MS);
  }
}
