package dev.tidemark.core.run;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.hash.LongLongMap;
import dev.tidemark.core.hash.LongTable;
import dev.tidemark.records.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Links the attempts of one run. A fold over the attempts in their order (end, span id): declared
 * links first, then the same tool call id, then inference from the call right before by the same
 * actor. The result is a function of the set of spans. Call ids and arguments are told apart by
 * 64-bit hashes.
 */
final class Linker {
  private static final int LARGEST_ATTEMPT = 1_000_000;
  private static final int LANES = 6;

  private final Operation[] last = new Operation[LANES];
  private final LongTable<Operation> byCallId = new LongTable<>();

  /** Per tool and arguments: twice how often it was called, plus 1 when the last time went well. */
  private final LongLongMap byArguments = new LongLongMap();

  private final List<Operation> operations = new ArrayList<>(8);
  private int longestIdentical;
  private int identical;

  /** Links the next attempt in order; the result is bits of {@link Links}. */
  int next(SpanFact fact) {
    int lane = lane(fact);
    Operation previous = last[lane];
    long callId = fact.callId == 0 ? 0 : fact.callId + lane;
    Operation sameCall = callId == 0 ? null : byCallId.get(callId);
    boolean resumed = sameCall != null && sameCall.last().outcome == Outcome.AWAITING_HUMAN;
    int origin = resumed ? 0 : origin(fact, previous, sameCall);

    Operation operation = operationOf(origin, resumed, sameCall, previous, fact);
    int links = Links.ATTEMPT | origin;
    if (operation.attempts() == 0) {
      links |= Links.START;
      operations.add(operation);
    }
    if (fact.ok() && (operation.troubled() || origin != 0)) {
      links |= Links.RECOVERED;
    }
    operation.attempt(fact, origin != 0);
    last[lane] = operation;
    if (callId != 0) {
      byCallId.put(callId, operation);
    }
    return links | repeats(fact, lane, origin != 0);
  }

  private int repeats(SpanFact fact, int lane, boolean retry) {
    if (fact.argumentsHash == 0) {
      identical = 0;
      return 0;
    }
    long key = Hash64.of(fact.argumentsHash, fact.target + lane);
    long before = byArguments.get(key, 0);
    long count = (before >> 1) + 1;
    byArguments.put(key, (count << 1) | (fact.ok() ? 1 : 0), 0);
    identical = (int) count;
    longestIdentical = Math.max(longestIdentical, identical);
    if (count == 1) {
      return 0;
    }
    return !retry && (before & 1) == 1 ? Links.IDENTICAL | Links.REPEAT : Links.IDENTICAL;
  }

  List<Operation> operations() {
    return operations;
  }

  int longestIdentical() {
    return longestIdentical;
  }

  /** How often the attempt linked last was made up to it. */
  int identical() {
    return identical;
  }

  /** Attempts follow each other within one actor's tool calls, or its model calls. */
  static int lane(SpanFact fact) {
    int actor =
        switch (fact.actor) {
          case AGENT -> 0;
          case USER -> 2;
          default -> 4;
        };
    return actor + (fact.isTool() ? 1 : 0);
  }

  private static int origin(SpanFact fact, Operation previous, Operation sameCall) {
    if (fact.attempt >= 1 && fact.attempt <= LARGEST_ATTEMPT) {
      return fact.attempt > 1 ? Links.DECLARED : 0;
    }
    if (fact.retryOf) {
      return Links.DECLARED;
    }
    if (sameCall != null) {
      return Links.SAME_CALL_ID;
    }
    return previous == null ? 0 : inferred(fact, previous.last());
  }

  private static int inferred(SpanFact fact, SpanFact previous) {
    boolean follows = fact.startMs == SpanFact.NONE || fact.startMs >= previous.endMs;
    if (!previous.troubled() || !follows || previous.target != fact.target) {
      return 0;
    }
    return fact.argumentsHash != 0 && fact.argumentsHash == previous.argumentsHash
        ? Links.INFERRED_EXACT
        : Links.INFERRED_REPAIR;
  }

  private static Operation operationOf(
      int origin, boolean resumed, Operation sameCall, Operation previous, SpanFact fact) {
    if (resumed || origin == Links.SAME_CALL_ID) {
      return sameCall;
    }
    boolean continues = origin != 0 && previous != null;
    return continues && previous.last().target == fact.target ? previous : new Operation(fact);
  }
}
