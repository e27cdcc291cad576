package dev.tidemark.capture;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was lost and not yet told. A loss is told as an event of type CAPTURE_LOSS: count says how
 * many records, label why. It belongs to no run, and it is no record of {@link CaptureCounters}.
 * For the thread that sends; acknowledgements may come on another one.
 */
final class Losses {
  private final CaptureConfig config;
  private final Tally tally;
  private final Map<DropReason, Long> told = new EnumMap<>(DropReason.class);
  private long lastNanos;

  /** So many losses of a reason, and the event that says so. */
  record Loss(DropReason reason, long count, AgentEvent event) {}

  Losses(CaptureConfig config, Tally tally) {
    this.config = config;
    this.tally = tally;
    this.lastNanos = System.nanoTime();
  }

  /**
   * Losses to tell now; they count as told. None before the interval has passed, unless it is the
   * last call. A player's log has times of its own, so players tell none.
   */
  List<Loss> due(boolean last) {
    long now = System.nanoTime();
    boolean early = now - lastNanos < config.lossInterval().toNanos();
    if (config.overflow() == Overflow.WAIT || (early && !last)) {
      return List.of();
    }
    lastNanos = now;
    var due = new ArrayList<Loss>();
    for (DropReason reason : DropReason.values()) {
      long fresh = fresh(reason);
      if (fresh > 0) {
        due.add(new Loss(reason, fresh, event(reason, fresh)));
      }
    }
    return due;
  }

  /** The event did not reach Kafka: it is to be told again. */
  synchronized void untold(Loss loss) {
    told.merge(loss.reason(), -loss.count(), Long::sum);
  }

  private synchronized long fresh(DropReason reason) {
    long all = tally.dropped(reason);
    long fresh = Math.min(Integer.MAX_VALUE, all - told.getOrDefault(reason, 0L));
    told.merge(reason, fresh, Long::sum);
    return fresh;
  }

  private AgentEvent event(DropReason reason, long count) {
    return AgentEvent.newBuilder()
        .setTraceId(RandomIds.trace())
        .setEventId(RandomIds.part())
        .setTenant(config.tenant())
        .setEnvironment(config.environment())
        .setAgentName(tally.agent())
        .setAgentVersion(tally.agentVersion())
        .setDialect("tidemark-java")
        .setType(EventType.CAPTURE_LOSS)
        .setName("capture")
        .setLabel(reason.tag())
        .setCount((int) count)
        .setTimeMs(config.clock().millis())
        .build();
  }
}
