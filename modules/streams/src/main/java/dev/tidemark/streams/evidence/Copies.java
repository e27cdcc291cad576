package dev.tidemark.streams.evidence;

import dev.tidemark.core.evidence.Reason;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.streams.topology.Counts;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What has still to be copied, in a logged store: a run leaves it in the transaction that writes
 * its copies, so that a crash repeats what was not written and nothing else. Not thread-safe.
 */
final class Copies {
  /** Records of a run that are asked for at once; the rest follows. */
  static final int SLICE = 500;

  private final EvidenceConfig config;
  private final KeyValueStore<String, byte[]> store;
  private final Copier copier;
  private final Counts counts;
  private final BiConsumer<AgentEvidence, Long> out;
  private final Set<String> asked = new HashSet<>();
  private String cursor;
  private boolean some = true;
  private long pauseMs;
  private long pausedUntilMs;

  /**
   * @param out takes a copy and the time to stamp it with
   */
  Copies(
      EvidenceConfig config,
      KeyValueStore<String, byte[]> store,
      Copier copier,
      Counts counts,
      BiConsumer<AgentEvidence, Long> out) {
    this.config = config;
    this.store = store;
    this.copier = copier;
    this.counts = counts;
    this.out = out;
  }

  /** Wants records of a run copied, beside those that are wanted already. */
  void want(String traceId, int reasons, long stampMs, Coordinates what) {
    if (what.isEmpty()) {
      return;
    }
    byte[] stored = store.get(traceId);
    Known before = stored == null ? new Known(0, 0, what) : Known.of(stored);
    Known wanted =
        new Known(
            before.reasons() | reasons,
            Math.max(before.stampMs(), stampMs),
            what.with(before.at()));
    store.put(traceId, wanted.toBytes());
    some = true;
  }

  /** Wants nothing of a run any more; answers that are on their way are dropped. */
  void forget(String traceId) {
    store.delete(traceId);
  }

  /**
   * Writes what has been read and asks for more.
   *
   * @param clockMs for pauses alone
   * @param streamMs stream time
   */
  void turn(long clockMs, long streamMs) {
    for (Copier.Answer answer = copier.poll(); answer != null; answer = copier.poll()) {
      take(answer, clockMs, streamMs);
    }
    if (some && clockMs >= pausedUntilMs && asked.size() < config.copies()) {
      ask();
    }
  }

  private void take(Copier.Answer answer, long clockMs, long streamMs) {
    String traceId = answer.traceId();
    asked.remove(traceId);
    byte[] stored = store.get(traceId);
    if (stored == null) {
      return;
    }
    Known wanted = Known.of(stored);
    answer.found().forEach(found -> out.accept(copy(wanted, traceId, found), wanted.stampMs()));
    counts.record("copied", answer.found().size());
    counts.record("copies-expired", answer.expired());
    counts.record("copies-foreign", answer.foreign());
    Coordinates left = wanted.at().without(answer.asked()).with(answer.outstanding());
    if (answer.trouble() == null) {
      pauseMs = 0;
    } else {
      counts.record("copies-failed");
      pauseMs =
          Math.min(
              config.longestRetry().toMillis(), Math.max(config.retry().toMillis(), pauseMs * 2));
      pausedUntilMs = clockMs + pauseMs;
      if (streamMs - wanted.stampMs() > config.horizon().toMillis()) {
        counts.record("copies-given-up", answer.outstanding().size());
        left = left.without(answer.outstanding());
      }
    }
    if (left.isEmpty()) {
      store.delete(traceId);
    } else {
      store.put(traceId, new Known(wanted.reasons(), wanted.stampMs(), left).toBytes());
    }
  }

  private static AgentEvidence copy(Known wanted, String traceId, Copier.Found found) {
    return new AgentEvidence(
        traceId,
        found.kind(),
        found.partition(),
        found.offset(),
        found.arrivalMs(),
        Reason.names(wanted.reasons()),
        found.value(),
        found.schemaId());
  }

  /** Goes round the store, so that a run that cannot be copied does not hold up the others. */
  private void ask() {
    boolean whole = cursor == null;
    String last = null;
    try (KeyValueIterator<String, byte[]> wanted =
        whole ? store.all() : store.range(cursor, null)) {
      while (wanted.hasNext() && asked.size() < config.copies()) {
        KeyValue<String, byte[]> next = wanted.next();
        last = next.key;
        if (asked.add(next.key)) {
          copier.ask(next.key, Known.of(next.value).at().first(SLICE));
        }
      }
      cursor = wanted.hasNext() ? last : null;
    }
    some = !(whole && last == null);
  }
}
