package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Verdict;
import java.util.Random;

/** Draws single events of one run. */
final class EventDraft {
  private static final EventType[] COMMON = {
    EventType.EVALUATION, EventType.FEEDBACK, EventType.APPROVAL_REQUESTED,
    EventType.APPROVAL_DECIDED, EventType.GUARDRAIL_DECISION, EventType.EVALUATION
  };

  private final Draft draft;
  private final Random random;

  EventDraft(Draft draft) {
    this.draft = draft;
    this.random = draft.random();
  }

  AgentEvent any(long timeMs) {
    boolean rare = random.nextInt(5) == 0;
    EventType type = rare ? draft.any(EventType.values()) : draft.any(COMMON);
    AgentEvent event =
        AgentEvent.newBuilder()
            .setTraceId(draft.traceId())
            .setEventId("event-" + draft.nextId())
            .setType(type)
            .setTimeMs(timeMs)
            .setAgentName("agent" + draft.stranger())
            .setAgentVersion(draft.maybe(9, "v" + draft.stranger()))
            .setTenant("tenant" + draft.stranger() / 2)
            .build();
    event.setToolName(random.nextInt(4) == 0 ? "tool" + random.nextInt(3) : null);
    event.setToolVersion(draft.maybe(2, "t" + random.nextInt(2)));
    event.setPolicyRule(random.nextInt(4) == 0 ? draft.rule() : null);
    event.setVerdict(draft.any(Verdict.values()));
    event.setHumanDecision(draft.any(HumanDecision.values()));
    if (type == EventType.EVALUATION || type == EventType.FEEDBACK) {
      event.setName(random.nextBoolean() ? "task_success" : "score" + random.nextInt(4));
      event.setScore(score());
      event.setPassed(random.nextInt(4) == 0 ? null : Boolean.valueOf(random.nextBoolean()));
    }
    if (type == EventType.CAPTURE_LOSS) {
      event.setCount(random.nextInt(40) - 2);
    }
    return event;
  }

  private Double score() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> -0.5;
      default -> random.nextInt(1_000) / 1_000.0;
    };
  }
}
