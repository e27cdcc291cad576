package dev.tidemark.ingest.receive;

import dev.tidemark.core.redact.RedactionTally;
import dev.tidemark.ingest.Batch;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a receiver did since it started. Thread-safe. */
public final class ReceiverCounts {
  private final LongAdder spans = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder contents = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final RedactionTally redacted = new RedactionTally();
  private final Map<Refusal.Reason, LongAdder> refused = new EnumMap<>(Refusal.Reason.class);

  ReceiverCounts() {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  void published(Batch batch) {
    spans.add(batch.spans().size());
    events.add(batch.events().size());
    contents.add(batch.contents().size());
    redacted.add(batch.redacted());
  }

  void rejected(int more) {
    rejected.add(more);
  }

  void refused(Refusal.Reason reason) {
    refused.get(reason).increment();
  }

  /** Spans the brokers have acknowledged. */
  public long spans() {
    return spans.sum();
  }

  /** Events the brokers have acknowledged. */
  public long events() {
    return events.sum();
  }

  /** Records of content the brokers have acknowledged. */
  public long contents() {
    return contents.sum();
  }

  /** What was redacted in records the brokers have acknowledged, by rule; never what it was. */
  public RedactionTally redacted() {
    return redacted;
  }

  /** Spans and log records that could not be used, inside requests that could. */
  public long rejected() {
    return rejected.sum();
  }

  /** Requests refused as a whole with this HTTP status or its gRPC counterpart. */
  public long refused(int status) {
    return refused.entrySet().stream()
        .filter(entry -> entry.getKey().http() == status)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }
}
