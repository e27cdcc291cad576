package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Outcome;
import dev.tidemark.records.RetryOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Which spans of a run are attempts, and how each one stands to those before it. */
final class Chain {
  private static final int LARGEST_NUMBER = 1_000_000;

  private final List<Attempt> attempts = new ArrayList<>();
  private int operations;

  private Chain() {}

  /** Links the distinct spans of one run, which come in the order of their ends. */
  static List<Attempt> of(List<SpanFact> spans) {
    Chain chain = new Chain();
    attemptsAmong(spans).forEach(chain::link);
    return chain.attempts;
  }

  private static List<SpanFact> attemptsAmong(List<SpanFact> spans) {
    Set<String> wrappers = new HashSet<>();
    spans.stream().filter(SpanFact::model).forEach(model -> wrappers.add(model.parent()));
    return spans.stream()
        .filter(
            span ->
                span.model() ? !wrappers.contains(span.id()) : span.tool() && counts(span, spans))
        .toList();
  }

  private static boolean counts(SpanFact tool, Collection<SpanFact> spans) {
    SpanFact outer = around(tool, spans);
    return !hidesTrouble(tool, spans, 0) && (outer == null || hidesTrouble(outer, spans, 0));
  }

  /**
   * The same call as told around it: by its parent, or under its id by a span that lasts longer.
   */
  private static SpanFact around(SpanFact tool, Collection<SpanFact> spans) {
    for (SpanFact parent : spans) {
      if (parent.id().equals(tool.parent()) && sameTool(parent, tool)) {
        return parent;
      }
    }
    boolean before = true;
    for (SpanFact other : spans) {
      if (!before && lastsLonger(other, tool)) {
        return other;
      }
      before &= !is(other, tool);
    }
    return null;
  }

  private static boolean is(SpanFact one, SpanFact other) {
    return one != null && one.id().equals(other.id());
  }

  private static boolean lastsLonger(SpanFact outer, SpanFact inner) {
    String call = inner.span().getToolCallId();
    Long from = outer.span().getStartMs();
    Long start = inner.span().getStartMs();
    return call != null
        && call.equals(outer.span().getToolCallId())
        && sameTool(outer, inner)
        && !Objects.equals(outer.parent(), inner.parent())
        && from != null
        && start != null
        && from <= start;
  }

  /** Whether it says it went well around the same call that, inside, did not. */
  private static boolean hidesTrouble(SpanFact outer, Collection<SpanFact> spans, int depth) {
    return outer.ok()
        && depth < 4
        && spans.stream()
            .filter(inner -> outer.id().equals(inner.parent()) || lastsLonger(outer, inner))
            .filter(inner -> is(around(inner, spans), outer))
            .anyMatch(inner -> inner.troubled() || hidesTrouble(inner, spans, depth + 1));
  }

  private static boolean sameTool(SpanFact a, SpanFact b) {
    return a.tool() && b.tool() && a.target().equals(b.target());
  }

  private void link(SpanFact fact) {
    List<Attempt> before = attempts.stream().filter(a -> a.sameCaller(fact)).toList();
    Attempt previous = last(before, any -> true);
    String callId = fact.span().getToolCallId();
    Attempt namesake =
        callId == null ? null : last(before, a -> callId.equals(a.fact().span().getToolCallId()));
    boolean resumes = namesake != null && awaits(namesake.operation());

    RetryOrigin origin = resumes ? RetryOrigin.NONE : origin(fact, previous, namesake);
    int operation = operations;
    if (resumes || origin == RetryOrigin.SAME_CALL_ID) {
      operation = namesake.operation();
    } else if (origin != RetryOrigin.NONE
        && previous != null
        && previous.fact().target().equals(fact.target())) {
      operation = previous.operation();
    }
    boolean first = operation == operations;
    operations += first ? 1 : 0;

    boolean retry = origin != RetryOrigin.NONE;
    Attempt same = last(before, a -> sameArguments(a.fact(), fact));
    attempts.add(
        new Attempt(
            fact,
            operation,
            first,
            origin,
            same != null,
            same != null && !retry && same.fact().ok(),
            fact.ok() && (retry || hadTrouble(operation))));
  }

  private static RetryOrigin origin(SpanFact fact, Attempt previous, Attempt namesake) {
    Integer number = fact.span().getAttempt();
    if (number != null && number > 0 && number <= LARGEST_NUMBER) {
      return number == 1 ? RetryOrigin.NONE : RetryOrigin.DECLARED;
    }
    if (fact.span().getRetryOfSpanId() != null) {
      return RetryOrigin.DECLARED;
    }
    if (namesake != null) {
      return RetryOrigin.SAME_CALL_ID;
    }
    if (previous == null || !answers(fact, previous.fact())) {
      return RetryOrigin.NONE;
    }
    return sameArguments(previous.fact(), fact)
        ? RetryOrigin.INFERRED_EXACT
        : RetryOrigin.INFERRED_REPAIR;
  }

  /** Whether the agent called again because the call before it had not worked. */
  private static boolean answers(SpanFact fact, SpanFact previous) {
    Long start = fact.span().getStartMs();
    return previous.troubled()
        && previous.target().equals(fact.target())
        && (start == null || start >= previous.endMs());
  }

  private static boolean sameArguments(SpanFact a, SpanFact b) {
    String hash = a.span().getArgumentsHash();
    return hash != null
        && hash.equals(b.span().getArgumentsHash())
        && a.target().equals(b.target());
  }

  private boolean awaits(int operation) {
    Attempt last = last(attempts, a -> a.operation() == operation);
    return last.fact().span().getOutcome() == Outcome.AWAITING_HUMAN;
  }

  private boolean hadTrouble(int operation) {
    return attempts.stream()
        .anyMatch(a -> a.operation() == operation && (a.retry() || a.fact().troubled()));
  }

  private static Attempt last(List<Attempt> among, Predicate<Attempt> wanted) {
    for (int i = among.size() - 1; i >= 0; i--) {
      if (wanted.test(among.get(i))) {
        return among.get(i);
      }
    }
    return null;
  }
}
