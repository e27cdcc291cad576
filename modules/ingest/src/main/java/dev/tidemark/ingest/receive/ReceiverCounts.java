package dev.tidemark.ingest.receive;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a receiver did since it started. Thread-safe. */
public final class ReceiverCounts {
  private final LongAdder spans = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final Map<Refusal.Reason, LongAdder> refused = new EnumMap<>(Refusal.Reason.class);

  ReceiverCounts() {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  void published(int moreSpans, int moreEvents) {
    spans.add(moreSpans);
    events.add(moreEvents);
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
