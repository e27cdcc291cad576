package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * Draws the verdicts that denied a call, told in one of the ways in which that is done, or in
 * several. Draws of its own: what else is drawn stays as it was.
 */
final class GuardDraft {
  private final AgentSpan call;
  private final Random random;
  private final String ids;
  private final List<SpecificRecord> made = new ArrayList<>();

  GuardDraft(AgentSpan call) {
    this.call = call;
    this.random = new Random(31L * call.getTraceId().hashCode() + call.getSpanId().hashCode());
    this.ids = "99" + call.getSpanId().substring(2);
  }

  List<SpecificRecord> verdicts() {
    if (call.getOutcome() != Outcome.DENIED && random.nextInt(9) > 0) {
      return made;
    }
    String rule = random.nextInt(3) == 0 ? null : "rule" + random.nextInt(2);
    if (random.nextInt(3) == 0) {
      call.setPolicyRule(null);
    }
    switch (random.nextInt(9)) {
      case 0 -> event(rule).setSpanId(call.getSpanId());
      case 1 -> event(rule).setToolCallId(call.getToolCallId());
      case 2 -> event(rule).setToolName(call.getToolName());
      case 3 -> event(rule).setSpanId(call.getParentSpanId());
      case 4 -> guard(rule).setParentSpanId(call.getSpanId());
      case 5 -> call.setParentSpanId(guard(rule).getSpanId());
      case 6 -> guard(rule).setParentSpanId(call.getParentSpanId());
      case 7 -> {
        AgentSpan guard = guard(rule);
        guard.setToolCallId(call.getToolCallId());
        event(random.nextBoolean() ? rule : null).setSpanId(guard.getSpanId());
      }
      default -> {}
    }
    return made;
  }

  private AgentEvent event(String rule) {
    AgentEvent event =
        AgentEvent.newBuilder()
            .setTraceId(call.getTraceId())
            .setEventId("verdict-" + ids)
            .setType(EventType.GUARDRAIL_DECISION)
            .setTimeMs(near())
            .setAgentName(call.getAgentName())
            .setAgentVersion(call.getAgentVersion())
            .setTenant(call.getTenant())
            .setPolicyRule(rule)
            .setVerdict(Verdict.DENY)
            .setEnforced(random.nextInt(6) == 0 ? Verdict.ALLOW : null)
            .build();
    made.add(event);
    return event;
  }

  private AgentSpan guard(String rule) {
    AgentSpan guard =
        AgentSpan.newBuilder()
            .setTraceId(call.getTraceId())
            .setSpanId(ids)
            .setEndMs(near())
            .setKind(SpanKind.GUARDRAIL)
            .setOutcome(random.nextInt(3) == 0 ? Outcome.OK : Outcome.DENIED)
            .setActor(call.getActor())
            .setAgentName(call.getAgentName())
            .setAgentVersion(call.getAgentVersion())
            .setTenant(call.getTenant())
            .setPolicyRule(rule)
            .setVerdict(random.nextInt(4) == 0 ? null : Verdict.DENY)
            .build();
    made.add(guard);
    return guard;
  }

  private long near() {
    return call.getEndMs() - 2_000 + random.nextInt(2_500);
  }
}
