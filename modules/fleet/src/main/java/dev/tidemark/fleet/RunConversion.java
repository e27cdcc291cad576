package dev.tidemark.fleet;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns one recorded run into the records its agent would have sent. What was not recorded stays
 * null. Everything by chance (gaps of steps without times, delays of arrivals) depends on the run
 * and the salt only.
 */
final class RunConversion {
  static final String ENVIRONMENT = "recorded";
  static final String DIALECT = "tidemark-fleet";

  /** A record arrives this many milliseconds after its end at most. */
  static final int LONGEST_DELAY_MS = 2_000;

  private final ScheduledRun scheduled;
  private final RecordedRun run;
  private final long originMs;
  private final String traceId;
  private final String rootId;
  private final StepTimes times;
  private final Chance chance;
  private final List<TimedRecord> records = new ArrayList<>();
  private long lastArrivalMs;
  private String lastToolSpan;

  private RunConversion(ScheduledRun scheduled, long playStartMs) {
    this.scheduled = scheduled;
    this.run = scheduled.run();
    this.originMs = playStartMs + scheduled.startOffsetMs();
    this.traceId = Ids.trace(run.id(), scheduled.salt());
    this.rootId = Ids.part(traceId, "root");
    this.chance = new Chance(Ids.seed(run.id(), scheduled.salt()));
    this.times = StepTimes.of(run, chance);
  }

  /** The records of a run in the order of its steps, the root span last. */
  static List<TimedRecord> of(ScheduledRun scheduled, long playStartMs) {
    var conversion = new RunConversion(scheduled, playStartMs);
    conversion.convert();
    return conversion.records;
  }

  private void convert() {
    List<RecordedStep> steps = run.steps();
    for (int i = 0; i < steps.size(); i++) {
      RecordedStep step = steps.get(i);
      switch (step.kind()) {
        case "llm" -> modelCall(i, step);
        case "tool" -> toolCall(i, step);
        case "handoff" -> handoff(i, step);
        case "end" -> end(step);
        default -> {}
      }
    }
  }

  private void modelCall(int i, RecordedStep step) {
    AgentSpan span = span(i, step, SpanKind.LLM, "chat");
    span.setOutcome(Outcome.OK);
    span.setModelName(step.model());
    span.setModelBackend(step.backend());
    span.setInputTokens(step.in());
    span.setOutputTokens(step.out());
    span.setCacheReadTokens(step.cached());
    span.setReasoningTokens(step.reason());
    if (step.cost() != null) {
      span.setCostMicros(Math.round(step.cost() * 1e6));
      span.setCostCurrency("USD");
      span.setCostSource(CostSource.REPORTED);
    }
    add(span);
    if ("retried".equals(step.status())) {
      AgentEvent retry = event("retry-" + step.seq(), EventType.RETRY, span.getEndMs());
      retry.setSpanId(span.getSpanId());
      retry.setCount(step.retries() == null ? 1 : step.retries());
      retry.setErrorType(step.err());
      add(retry);
    }
  }

  private void toolCall(int i, RecordedStep step) {
    AgentSpan span = span(i, step, SpanKind.TOOL, step.tool());
    span.setToolName(step.tool());
    span.setArgumentsHash(step.args());
    span.setArgumentsBytes(step.argn());
    span.setResultBytes(step.resn());
    switch (step.status() == null ? "" : step.status()) {
      case "ok" -> span.setOutcome(Outcome.OK);
      case "error" -> {
        span.setOutcome("timeout".equals(step.err()) ? Outcome.TIMEOUT : Outcome.TOOL_ERROR);
        span.setErrorType(step.err());
      }
      case "denied" -> deny(span, step.err());
      default -> span.setOutcome(Outcome.UNKNOWN);
    }
    lastToolSpan = span.getSpanId();
    add(span);
  }

  private static void deny(AgentSpan span, String rule) {
    span.setOutcome(Outcome.DENIED);
    span.setVerdict(Verdict.DENY);
    span.setEnforced(Verdict.DENY);
    if (rule != null) {
      int family = rule.indexOf('_');
      span.setPolicyRule(rule);
      span.setPolicyId(family < 0 ? rule : rule.substring(0, family));
    }
  }

  private void handoff(int i, RecordedStep step) {
    AgentEvent handoff = event("handoff-" + step.seq(), EventType.HANDOFF, times.end(i, originMs));
    handoff.setSpanId(lastToolSpan);
    handoff.setName(step.to() == null ? "" : step.to());
    handoff.setHandoffFrom(step.agent());
    handoff.setHandoffTo(step.to());
    handoff.setToolName(step.tool());
    add(handoff);
  }

  private void end(RecordedStep end) {
    evaluation("task_success", end.success(), end.reward());
    evaluation("attack_success", end.attackSuccess(), null);
    AgentSpan root = blankSpan(rootId, SpanKind.RUN, end.agent());
    Long duration = end.trustedDuration();
    root.setEndMs(times.last(originMs));
    root.setStartMs(run.first().ts() == null && duration == null ? null : (Long) originMs);
    root.setDurationUs(duration == null ? null : (Long) (duration * 1_000));
    root.setOutcome(Ending.outcome(end.term()));
    root.setErrorType(root.getOutcome() == Outcome.OK ? null : end.term());
    add(root);
  }

  private void evaluation(String name, Boolean passed, Double score) {
    if (passed == null && score == null) {
      return;
    }
    AgentEvent evaluation = event(name, EventType.EVALUATION, times.last(originMs));
    evaluation.setName(name);
    evaluation.setPassed(passed);
    evaluation.setScore(score);
    add(evaluation);
  }

  private AgentSpan span(int i, RecordedStep step, SpanKind kind, String name) {
    AgentSpan span = blankSpan(Ids.part(traceId, "step-" + step.seq()), kind, name);
    span.setParentSpanId(rootId);
    span.setActor("user".equals(step.by()) ? Actor.USER : Actor.AGENT);
    span.setStartMs(times.start(i, originMs));
    span.setEndMs(times.end(i, originMs));
    Long duration = step.trustedDuration();
    span.setDurationUs(span.getStartMs() == null ? null : (Long) (duration * 1_000));
    return span;
  }

  private AgentSpan blankSpan(String spanId, SpanKind kind, String name) {
    return AgentSpan.newBuilder()
        .setTraceId(traceId)
        .setSpanId(spanId)
        .setRunId(scheduled.runId())
        .setEnvironment(ENVIRONMENT)
        .setAgentName(run.first().agent())
        .setAgentVersion(scheduled.version())
        .setDialect(DIALECT)
        .setKind(kind)
        .setName(name)
        .setEndMs(originMs)
        .build();
  }

  private AgentEvent event(String what, EventType type, long timeMs) {
    return AgentEvent.newBuilder()
        .setTraceId(traceId)
        .setEventId(Ids.part(traceId, what))
        .setRunId(scheduled.runId())
        .setEnvironment(ENVIRONMENT)
        .setAgentName(run.first().agent())
        .setAgentVersion(scheduled.version())
        .setDialect(DIALECT)
        .setType(type)
        .setTimeMs(timeMs)
        .build();
  }

  private void add(AgentSpan span) {
    long arrivalMs = span.getEndMs() + chance.upTo(LONGEST_DELAY_MS);
    boolean root = span.getKind() == SpanKind.RUN;
    add(root ? Math.max(arrivalMs, lastArrivalMs) : arrivalMs, span, null);
  }

  private void add(AgentEvent event) {
    add(event.getTimeMs() + chance.upTo(LONGEST_DELAY_MS), null, event);
  }

  private void add(long arrivalMs, AgentSpan span, AgentEvent event) {
    lastArrivalMs = Math.max(lastArrivalMs, arrivalMs);
    records.add(new TimedRecord(arrivalMs, scheduled.position(), records.size(), span, event));
  }
}
