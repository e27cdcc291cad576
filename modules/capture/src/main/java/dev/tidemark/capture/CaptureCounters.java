package dev.tidemark.capture;

import dev.tidemark.core.redact.RedactionReport;
import java.util.Map;

/**
 * What became of the records handed over. The equation: {@code accepted = sent + dropped +
 * inFlight}. It holds whenever nothing moves; while records move, the parts are read one after the
 * other and may be off by those that moved in between. Heartbeats are no records and are not in it.
 *
 * @param accepted spans and events handed over
 * @param sent acknowledged by all in-sync replicas
 * @param dropped lost, by reason; every reason is present
 * @param inFlight waiting in the queue or for their acknowledgement
 * @param redacted secrets replaced before sending
 * @param rejectedFields fields set to null because their value was impossible
 * @param heartbeats heartbeats sent, one for all partitions
 * @param report secrets replaced, by rule; {@link RedactionReport#failed()} of it is the metric
 *     {@code redaction.failed}: texts dropped because a rule broke
 */
public record CaptureCounters(
    long accepted,
    long sent,
    Map<DropReason, Long> dropped,
    long inFlight,
    long redacted,
    long rejectedFields,
    long heartbeats,
    RedactionReport report) {

  public CaptureCounters {
    dropped = Map.copyOf(dropped);
  }

  /** Lost records of all reasons. */
  public long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
