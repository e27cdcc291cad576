package dev.tidemark.bench.baseline;

import dev.tidemark.records.Outcome;
import dev.tidemark.records.RetryOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Links the attempts of one run. A fold over the attempts in their order (end, span id): declared
 * links first, then the same tool call id, then inference from the call right before by the same
 * actor. The result is a function of the set of spans.
 */
final class Linker {
  private static final int LARGEST_ATTEMPT = 1_000_000;

  private final Map<String, Operation> lastByActor = new HashMap<>();
  private final Map<String, Operation> byCallId = new HashMap<>();
  private final Map<String, Repeats> byArguments = new HashMap<>();
  private final Map<Series, Link.Before> bySeries = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private int longestIdentical;

  private static final class Repeats {
    private int count;
    private boolean lastOk;
  }

  /** Links the next attempt in order. */
  Link next(SpanFact fact) {
    String actor = fact.actor().name() + (fact.isTool() ? 't' : 'm');
    Operation previous = lastByActor.get(actor);
    String callId = fact.span().getToolCallId();
    Operation sameCall = callId == null ? null : byCallId.get(actor + callId);
    boolean resumed = sameCall != null && awaited(sameCall);
    RetryOrigin origin = resumed ? RetryOrigin.NONE : origin(fact, previous, sameCall);

    Operation operation = operationOf(origin, resumed, sameCall, previous, fact);
    boolean start = operation.attempts() == 0;
    boolean retry = origin != RetryOrigin.NONE;
    boolean recovered = fact.ok() && (operation.troubled() || retry);
    operation.attempt(fact, retry);
    lastByActor.put(actor, operation);
    if (callId != null) {
      byCallId.put(actor + callId, operation);
    }
    if (start) {
      operations.add(operation);
    }

    boolean identical = false;
    boolean repeat = false;
    if (fact.span().getArgumentsHash() != null) {
      String key = actor + fact.target() + '\0' + fact.span().getArgumentsHash();
      Repeats repeats = byArguments.computeIfAbsent(key, k -> new Repeats());
      identical = repeats.count > 0;
      repeat = identical && !retry && repeats.lastOk;
      repeats.count++;
      repeats.lastOk = fact.ok();
      longestIdentical = Math.max(longestIdentical, repeats.count);
    }
    return new Link(origin, start, identical, repeat, recovered, before(fact, retry, identical));
  }

  List<Operation> operations() {
    return operations;
  }

  int longestIdentical() {
    return longestIdentical;
  }

  private static boolean awaited(Operation operation) {
    return operation.last().span().getOutcome() == Outcome.AWAITING_HUMAN;
  }

  private static RetryOrigin origin(SpanFact fact, Operation previous, Operation sameCall) {
    Integer attempt = fact.span().getAttempt();
    if (attempt != null && attempt >= 1 && attempt <= LARGEST_ATTEMPT) {
      return attempt > 1 ? RetryOrigin.DECLARED : RetryOrigin.NONE;
    }
    if (fact.span().getRetryOfSpanId() != null) {
      return RetryOrigin.DECLARED;
    }
    if (sameCall != null) {
      return RetryOrigin.SAME_CALL_ID;
    }
    return previous == null ? RetryOrigin.NONE : inferred(fact, previous.last());
  }

  private static RetryOrigin inferred(SpanFact fact, SpanFact previous) {
    boolean follows =
        fact.span().getStartMs() == null || fact.span().getStartMs() >= previous.endMs();
    if (!previous.troubled() || !follows || !previous.target().equals(fact.target())) {
      return RetryOrigin.NONE;
    }
    String hash = fact.span().getArgumentsHash();
    return hash != null && hash.equals(previous.span().getArgumentsHash())
        ? RetryOrigin.INFERRED_EXACT
        : RetryOrigin.INFERRED_REPAIR;
  }

  private static Operation operationOf(
      RetryOrigin origin, boolean resumed, Operation sameCall, Operation previous, SpanFact fact) {
    if (resumed || origin == RetryOrigin.SAME_CALL_ID) {
      return sameCall;
    }
    boolean continues = origin != RetryOrigin.NONE && previous != null;
    return continues && previous.last().target().equals(fact.target())
        ? previous
        : new Operation(fact);
  }

  private List<Link.Before> before(SpanFact fact, boolean retry, boolean identical) {
    List<Link.Before> before = new ArrayList<>(3);
    for (Series series : fact.series()) {
      boolean counted = fact.isTool() || before.isEmpty();
      Link.Before b = bySeries.getOrDefault(series, Link.Before.NOTHING);
      before.add(b);
      if (counted) {
        bySeries.put(
            series,
            new Link.Before(
                b.attempts() + 1,
                b.retries() + (retry ? 1 : 0),
                b.errors() + (fact.failed() ? 1 : 0),
                b.denied() + (fact.denied() ? 1 : 0),
                b.identicals() + (identical ? 1 : 0)));
      }
    }
    return List.copyOf(before);
  }
}
