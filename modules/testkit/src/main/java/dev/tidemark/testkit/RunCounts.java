package dev.tidemark.testkit;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Oracle: what the records of one run say, recomputed in the plainest way and with no code of the
 * product. Order does not matter, a span or event seen twice counts once (two that differ under one
 * id are beyond it: the first wins).
 *
 * @param toolCalls attempts to call a tool
 * @param failed attempts that ended in ERROR, TOOL_ERROR or TIMEOUT, or DENIED
 * @param denied of these, the DENIED
 * @param retries attempts declared or inferred to be retries
 * @param identical attempts whose actor had called the tool with the same arguments before
 * @param succeeded by the evaluation {@code task_success}, else by the root's outcome
 * @param silentRecovery succeeded, but not without failed, denied or retried attempts
 */
public record RunCounts(
    int toolCalls,
    int failed,
    int denied,
    int retries,
    int identical,
    boolean succeeded,
    boolean silentRecovery) {

  private static final Set<Outcome> FAILED =
      Set.of(Outcome.ERROR, Outcome.TOOL_ERROR, Outcome.TIMEOUT, Outcome.DENIED);

  /** Counts the records of one run. */
  public static RunCounts of(List<AgentSpan> spans, List<AgentEvent> events) {
    List<AgentSpan> calls = toolCalls(spans);
    int failed = 0;
    int denied = 0;
    int retries = 0;
    int identical = 0;
    for (int i = 0; i < calls.size(); i++) {
      AgentSpan call = calls.get(i);
      List<AgentSpan> before = byActor(calls.subList(0, i), call);
      failed += FAILED.contains(call.getOutcome()) ? 1 : 0;
      denied += call.getOutcome() == Outcome.DENIED ? 1 : 0;
      retries += isRetry(call, before) ? 1 : 0;
      identical += before.stream().anyMatch(earlier -> sameArguments(earlier, call)) ? 1 : 0;
    }
    boolean succeeded = succeeded(spans, events);
    return new RunCounts(
        calls.size(),
        failed,
        denied,
        retries,
        identical,
        succeeded,
        succeeded && failed + retries > 0);
  }

  private static List<AgentSpan> toolCalls(List<AgentSpan> spans) {
    Set<String> seen = new HashSet<>();
    List<AgentSpan> calls = new ArrayList<>();
    for (AgentSpan span : spans) {
      boolean tool = span.getKind() == SpanKind.TOOL || span.getKind() == SpanKind.RETRIEVAL;
      if (seen.add(span.getSpanId()) && tool && span.getToolName() != null) {
        calls.add(span);
      }
    }
    calls.sort(Comparator.comparing(AgentSpan::getEndMs).thenComparing(AgentSpan::getSpanId));
    return calls;
  }

  private static List<AgentSpan> byActor(List<AgentSpan> calls, AgentSpan call) {
    return calls.stream().filter(earlier -> earlier.getActor() == call.getActor()).toList();
  }

  /** Told by the agent, else by a shared call id, else by the call right before. */
  private static boolean isRetry(AgentSpan call, List<AgentSpan> before) {
    if (call.getAttempt() != null && call.getAttempt() >= 1) {
      return call.getAttempt() > 1;
    }
    if (call.getRetryOfSpanId() != null) {
      return true;
    }
    List<AgentSpan> sameCall =
        before.stream()
            .filter(earlier -> call.getToolCallId() != null)
            .filter(earlier -> call.getToolCallId().equals(earlier.getToolCallId()))
            .toList();
    if (!sameCall.isEmpty()) {
      return last(sameCall).getOutcome() != Outcome.AWAITING_HUMAN;
    }
    return !before.isEmpty() && triesAgain(call, last(before));
  }

  /** A call that began before the other one ended does not answer to it. */
  private static boolean triesAgain(AgentSpan call, AgentSpan previous) {
    boolean after = call.getStartMs() == null || call.getStartMs() >= previous.getEndMs();
    return after
        && FAILED.contains(previous.getOutcome())
        && previous.getToolName().equals(call.getToolName());
  }

  private static boolean sameArguments(AgentSpan earlier, AgentSpan call) {
    return call.getArgumentsHash() != null
        && call.getArgumentsHash().equals(earlier.getArgumentsHash())
        && call.getToolName().equals(earlier.getToolName());
  }

  private static boolean succeeded(List<AgentSpan> spans, List<AgentEvent> events) {
    for (AgentEvent event : events) {
      if (event.getType() == EventType.EVALUATION
          && event.getName().equals("task_success")
          && event.getPassed() != null) {
        return event.getPassed();
      }
    }
    return spans.stream()
        .anyMatch(span -> span.getKind() == SpanKind.RUN && span.getOutcome() == Outcome.OK);
  }

  private static AgentSpan last(List<AgentSpan> calls) {
    return calls.get(calls.size() - 1);
  }
}
