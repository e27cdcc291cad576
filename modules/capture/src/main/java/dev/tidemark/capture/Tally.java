package dev.tidemark.capture;

import dev.tidemark.core.redact.Cleaned;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentSpan;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts for {@link CaptureCounters}; says in the log when a reason to drop begins to matter. */
final class Tally {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSpanPublisher.class);
  private final LongAdder accepted = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder redacted = new LongAdder();
  private final LongAdder rejectedFields = new LongAdder();
  private final LongAdder heartbeats = new LongAdder();
  private final AtomicReference<RedactionReport> report =
      new AtomicReference<>(RedactionReport.NONE);
  private volatile String agent = "unknown";
  private volatile String agentVersion;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong outstanding = new AtomicLong();
  private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);

  Tally() {
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new AtomicLong());
    }
  }

  /** Whose records they are, as the last one says. */
  void agent(AgentSpan span) {
    if (span != null && span.getAgentName() != null) {
      agent = span.getAgentName();
      agentVersion = span.getAgentVersion();
    }
  }

  /** Its version; null when it tells none. */
  String agentVersion() {
    return agentVersion;
  }

  String agent() {
    return agent;
  }

  void accept() {
    accepted.increment();
    inFlight.incrementAndGet();
    outstanding.incrementAndGet();
  }

  void send() {
    sent.increment();
    leave();
  }

  /** Counts a loss; {@code detail} holds no content of the record. */
  void drop(DropReason reason, String detail) {
    long count = dropped.get(reason).incrementAndGet();
    leave();
    if (isPowerOfTen(count)) {
      LOG.warn("{} records not captured so far, reason {}: {}", count, reason.tag(), detail);
    }
  }

  void clean(Cleaned<?> clean) {
    redacted.add(clean.redacted());
    rejectedFields.add(clean.rejected());
    if (clean.redacted() > 0) {
      report.accumulateAndGet(clean.report(), RedactionReport::plus);
      if (clean.report().failed() > 0) {
        LOG.warn("a redaction rule broke: {} texts were dropped", report.get().failed());
      }
    }
  }

  /** Losses of a reason so far. */
  long dropped(DropReason reason) {
    return dropped.get(reason).get();
  }

  void heartbeatAccepted() {
    outstanding.incrementAndGet();
  }

  void heartbeatDone(boolean wasSent) {
    if (wasSent) {
      heartbeats.increment();
    }
    outstanding.decrementAndGet();
  }

  /** Records and heartbeats that are neither sent nor dropped. */
  boolean isQuiet() {
    return outstanding.get() == 0;
  }

  CaptureCounters snapshot() {
    var lost = new EnumMap<DropReason, Long>(DropReason.class);
    dropped.forEach((reason, count) -> lost.put(reason, count.get()));
    return new CaptureCounters(
        accepted.sum(),
        sent.sum(),
        lost,
        inFlight.get(),
        redacted.sum(),
        rejectedFields.sum(),
        heartbeats.sum(),
        report.get());
  }

  private static boolean isPowerOfTen(long count) {
    long power = 1;
    while (power < count) {
      power *= 10;
    }
    return power == count;
  }

  private void leave() {
    inFlight.decrementAndGet();
    outstanding.decrementAndGet();
  }
}
