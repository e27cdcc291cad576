package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which records of a run tell one and the same denial: the first of them counts. */
final class DenialChain {
  private static final int WAITING = 16;
  private static final Comparator<Fact> ORDER =
      Comparator.comparingLong(Fact::endMs)
          .thenComparing(fact -> fact instanceof SpanFact)
          .thenComparing(Fact::id);

  private static final class Denial {
    private final Set<String> rules = new LinkedHashSet<>();
    private final List<Fact> tellers = new ArrayList<>();

    private boolean hasCall() {
      return tellers.stream().anyMatch(one -> !judges(one));
    }

    private boolean hasVerdict() {
      return tellers.stream().anyMatch(DenialChain::judges);
    }
  }

  private final List<Fact> earlier = new ArrayList<>();
  private final Map<Fact, Denial> denials = new HashMap<>();
  private final Deque<Fact> waiting = new ArrayDeque<>();
  private final Set<Fact> retold = new HashSet<>();
  private final Map<Fact, String> rules = new HashMap<>();

  /**
   * @param tried which of the spans are attempts
   */
  DenialChain(List<SpanFact> spans, List<EventFact> events, Set<String> tried) {
    Stream.concat(spans.stream(), events.stream())
        .sorted(ORDER)
        .forEach(fact -> take(fact, fact instanceof SpanFact && tried.contains(fact.id())));
  }

  /** Whether a record tells under its rule what another one had told. */
  boolean retold(Fact fact) {
    return retold.contains(fact);
  }

  /** The rule of an attempt, its own or the one that denied it; or null. */
  String rule(SpanFact attempt) {
    String own = attempt.span().getPolicyRule();
    return own == null ? rules.get(attempt) : own;
  }

  static boolean judges(Fact fact) {
    if (fact instanceof SpanFact span) {
      boolean no = span.denied() || span.span().getVerdict() == Verdict.DENY;
      return no && span.span().getKind() == SpanKind.GUARDRAIL;
    }
    AgentEvent event = ((EventFact) fact).event();
    return event.getType() == EventType.GUARDRAIL_DECISION
        && event.getVerdict() == Verdict.DENY
        && event.getEnforced() != Verdict.ALLOW
        && event.getEnforced() != Verdict.WARN;
  }

  /** What is late hears of what was told and tells nobody. */
  private void take(Fact fact, boolean attempt) {
    if (judges(fact)) {
      Denial denial = known(fact);
      tell(fact, denial, ruleOf(fact));
      if (!denial.hasCall() && !fact.late()) {
        if (waiting.size() == WAITING) {
          waiting.removeFirst();
        }
        waiting.addLast(fact);
      }
    } else if (attempt) {
      SpanFact call = (SpanFact) fact;
      if (call.model() && !call.late()) {
        waiting.removeIf(verdict -> scope(verdict).equals(scope(call)));
      }
      Denial answered = answered(call);
      if (call.denied()) {
        Denial declared = declared(call);
        Denial denial =
            declared != null ? declared : Objects.requireNonNullElseGet(answered, Denial::new);
        rules.put(call, denial.rules.stream().findFirst().orElse(null));
        tell(call, denial, rule(call));
      }
    }
  }

  private void tell(Fact fact, Denial denial, String rule) {
    if (denial.rules.contains(rule)) {
      retold.add(fact);
    }
    if (!fact.late()) {
      if (rule != null) {
        denial.rules.add(rule);
      }
      denial.tellers.add(fact);
      denials.put(fact, denial);
      earlier.add(fact);
    }
  }

  private Denial answered(SpanFact call) {
    Denial nearest = null;
    if (!call.tool() || call.span().getActor() == Actor.USER) {
      return null;
    }
    for (Fact verdict : List.copyOf(waiting)) {
      if (maybeAbout(verdict, call)) {
        if (!call.late()) {
          waiting.remove(verdict);
        }
        Denial denial = denials.get(verdict);
        String own = call.span().getPolicyRule();
        boolean agree = own == null || denial.rules.isEmpty() || denial.rules.contains(own);
        nearest = agree && !denial.hasCall() ? denial : nearest;
      }
    }
    return nearest;
  }

  private static boolean maybeAbout(Fact verdict, SpanFact call) {
    String tool = verdict instanceof EventFact event ? event.event().getToolName() : null;
    boolean close =
        tool != null
            ? tool.equals(call.target())
            : inside(verdict) != null && inside(verdict).equals(call.parent());
    return close && scope(verdict).equals(scope(call));
  }

  private Denial declared(SpanFact call) {
    String callId = call.span().getToolCallId();
    return Stream.of(
            last(f -> judges(f) && call.id().equals(inside(f))),
            last(f -> f instanceof SpanFact && f.id().equals(call.parent())),
            last(f -> callId != null && callId.equals(callId(f))))
        .filter(denial -> denial != null && !denial.hasCall())
        .findFirst()
        .orElse(null);
  }

  private Denial known(Fact verdict) {
    String in = inside(verdict);
    String guard = verdict instanceof SpanFact ? verdict.id() : null;
    Denial same = last(f -> f instanceof SpanFact && f.id().equals(in));
    same = same != null ? same : last(f -> !judges(f) && ((SpanFact) f).isIn(guard));
    same = same != null || guard == null ? same : last(f -> judges(f) && guard.equals(inside(f)));
    if (same != null) {
      return same;
    }
    String callId = callId(verdict);
    Denial sameCall = last(f -> callId != null && callId.equals(callId(f)));
    boolean over = sameCall != null && sameCall.hasCall() && sameCall.hasVerdict();
    return sameCall == null || over ? new Denial() : sameCall;
  }

  private Denial last(Predicate<Fact> wanted) {
    for (int i = earlier.size() - 1; i >= 0; i--) {
      if (wanted.test(earlier.get(i))) {
        return denials.get(earlier.get(i));
      }
    }
    return null;
  }

  private static String inside(Fact verdict) {
    return verdict instanceof SpanFact span
        ? span.parent()
        : ((EventFact) verdict).event().getSpanId();
  }

  private static String callId(Fact fact) {
    return fact instanceof SpanFact span
        ? span.span().getToolCallId()
        : ((EventFact) fact).event().getToolCallId();
  }

  private static String ruleOf(Fact fact) {
    return fact instanceof SpanFact span
        ? span.span().getPolicyRule()
        : ((EventFact) fact).event().getPolicyRule();
  }

  private static SeriesKeys scope(Fact fact) {
    return fact instanceof SpanFact span
        ? SeriesKeys.of(span.span())
        : SeriesKeys.of(((EventFact) fact).event());
  }
}
