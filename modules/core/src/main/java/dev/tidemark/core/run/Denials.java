package dev.tidemark.core.run;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.hash.LongTable;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.Actor;
import dev.tidemark.records.EventType;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One refusal told several times: by the guardrail that said no, by an event about it, and by the
 * call that was not made. A fold over the records of a run in the order of their ends, events
 * before spans: of those that tell the same denial the first one counts, so nothing that ends later
 * changes what counts. Which verdict is about which call is said in RATIONALE.md.
 */
final class Denials {
  /** So many verdicts wait for the call they are about. */
  private static final int WAITING = 16;

  private static final int JUDGED = 1;
  private static final int ITSELF = 2;
  private static final int AROUND = 3;
  private static final int CALL = 4;

  /** A denial; its rules in the order in which they were told. */
  private static final class Denial {
    private final List<String> rules = new ArrayList<>(1);
    private boolean judged;
    private boolean ofCall;
  }

  private record Waiting(Denial denial, Series.Scope scope, String tool, long beside) {
    private boolean mayJudge(SpanFact call) {
      return scope.equals(call.scope.scope())
          && (tool == null ? beside != 0 && beside == call.parentId : tool.equals(call.name()));
    }
  }

  private final List<EventFact> events;
  private final boolean lateTell;
  private final LongTable<Denial> told = new LongTable<>();
  private final List<Denial> denials = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>(0);
  private final Set<EventFact> retold = Collections.newSetFromMap(new IdentityHashMap<>());
  private int eventsSeen;
  private String rule;

  private Denials(List<EventFact> events, boolean lateTell) {
    this.events = events;
    this.lateTell = lateTell;
  }

  /**
   * As windows count them, of spans that come in order and events: what is late hears of what was
   * told, and tells nothing to what is behind it, whose windows were over before it came.
   */
  static Denials among(List<EventFact> events) {
    return new Denials(events, false);
  }

  /** As a run that is linked counts them, late or not. */
  static Denials of(RunState run) {
    Denials denials = new Denials(run.events(), true);
    run.spans().forEach(span -> denials.next(span, span.attempt()));
    denials.end();
    return denials;
  }

  /** Whether a span says that something was denied, as far as that is no echo of an inner span. */
  static boolean tells(SpanFact fact) {
    return judges(fact) || (fact.denied() && fact.subject != null);
  }

  /** Whether a span is the verdict of a guardrail that denied. */
  static boolean judges(SpanFact fact) {
    return fact.kind == SpanKind.GUARDRAIL
        && (fact.denied() || fact.enforcement.verdict() == Verdict.DENY);
  }

  /** Whether an event is a verdict that denied, and not only in shadow. */
  static boolean judges(EventFact fact) {
    Verdict enforced = fact.event().getEnforced();
    return fact.event().getType() == EventType.GUARDRAIL_DECISION
        && fact.event().getVerdict() == Verdict.DENY
        && enforced != Verdict.ALLOW
        && enforced != Verdict.WARN;
  }

  /** Takes the next span in order; the result is bits of {@link Links}. */
  int next(SpanFact fact, boolean attempt) {
    while (eventsSeen < events.size() && events.get(eventsSeen).event().getTimeMs() <= fact.endMs) {
      event(events.get(eventsSeen++));
    }
    if (judges(fact)) {
      return guard(fact);
    }
    return attempt ? attempt(fact) : 0;
  }

  /** Takes the events after the last span. */
  void end() {
    while (eventsSeen < events.size()) {
      event(events.get(eventsSeen++));
    }
  }

  /** The rule that denied the span taken last, when another record names it. */
  String rule() {
    return rule;
  }

  /** Events that repeat, for their rule, a denial that was told before; by identity. */
  Set<EventFact> retold() {
    return retold;
  }

  /** Each denial as its rules, none when nobody named one. */
  List<List<String>> rules() {
    List<List<String>> rules = new ArrayList<>(denials.size());
    denials.forEach(denial -> rules.add(denial.rules));
    return rules;
  }

  private int attempt(SpanFact call) {
    boolean tells = tells(call.late);
    if (call.isModel() && tells) {
      waiting.removeIf(verdict -> verdict.scope().equals(call.scope.scope()));
    }
    Denial denial = call.isTool() && call.actor != Actor.USER ? answered(call, tells) : null;
    if (!call.denied()) {
      return 0;
    }
    Denial declared = open(JUDGED, call.id);
    declared = declared == null ? open(ITSELF, call.parentId) : declared;
    declared = declared == null ? open(CALL, call.callId) : declared;
    denial = declared == null ? denial : declared;
    denial = denial == null ? fresh(tells) : denial;
    if (tells) {
      denial.ofCall = true;
      put(ITSELF, call.id, denial);
      put(AROUND, call.parentId, denial);
      put(CALL, call.callId, denial);
    }
    String own = own(call);
    if (own != null) {
      return tell(denial, own, tells) ? 0 : Links.RETOLD;
    }
    rule = denial.rules.isEmpty() ? null : denial.rules.get(0);
    return rule == null ? 0 : Links.RETOLD | Links.RULED;
  }

  /** The nearest verdict that waited for a call like this one; all that did wait no longer. */
  private Denial answered(SpanFact call, boolean tells) {
    Denial nearest = null;
    for (int i = waiting.size() - 1; i >= 0; i--) {
      if (waiting.get(i).mayJudge(call)) {
        Denial denial = tells ? waiting.remove(i).denial() : waiting.get(i).denial();
        String own = own(call);
        boolean agrees = own == null || denial.rules.isEmpty() || denial.rules.contains(own);
        nearest = nearest == null && agrees && !denial.ofCall ? denial : nearest;
      }
    }
    return nearest;
  }

  private int guard(SpanFact guard) {
    boolean tells = tells(guard.late);
    Denial denial = at(ITSELF, guard.parentId);
    denial = denial == null ? at(AROUND, guard.id) : denial;
    denial = denial == null ? at(JUDGED, guard.id) : denial;
    denial = judged(denial, guard.callId, guard.parentId, tells);
    if (tells) {
      put(ITSELF, guard.id, denial);
      await(new Waiting(denial, guard.scope.scope(), null, guard.parentId));
    }
    return tell(denial, guard.enforcement.rule(), tells) ? 0 : Links.RETOLD;
  }

  private void event(EventFact fact) {
    if (!judges(fact)) {
      return;
    }
    boolean tells = tells(fact.late());
    String in = fact.event().getSpanId();
    long span = in == null ? 0 : SpanFacts.id(in);
    long callId = SpanFacts.hash(fact.event().getToolCallId());
    Denial denial = judged(at(ITSELF, span), callId, span, tells);
    if (tells) {
      await(new Waiting(denial, fact.scope().scope(), fact.event().getToolName(), span));
    }
    if (!tell(denial, fact.event().getPolicyRule(), tells)) {
      retold.add(fact);
    }
  }

  private Denial judged(Denial known, long callId, long inside, boolean tells) {
    Denial sameCall = known == null ? at(CALL, callId) : known;
    boolean over = known == null && sameCall != null && sameCall.ofCall && sameCall.judged;
    Denial denial = sameCall == null || over ? fresh(tells) : sameCall;
    if (tells) {
      denial.judged = true;
      put(JUDGED, inside, denial);
      put(CALL, callId, denial);
    }
    return denial;
  }

  private void await(Waiting verdict) {
    if (verdict.denial().ofCall) {
      return;
    }
    if (waiting.size() == WAITING) {
      waiting.remove(0);
    }
    waiting.add(verdict);
  }

  /** Whether the denial is told under this rule for the first time. */
  private static boolean tell(Denial denial, String rule, boolean tells) {
    boolean first = rule == null || !denial.rules.contains(rule);
    if (first && rule != null && tells) {
      denial.rules.add(rule);
    }
    return first;
  }

  private boolean tells(boolean late) {
    return !late || lateTell;
  }

  private static String own(SpanFact call) {
    return (call.links & Links.RULED) != 0 ? null : call.enforcement.rule();
  }

  private Denial fresh(boolean tells) {
    Denial denial = new Denial();
    if (tells) {
      denials.add(denial);
    }
    return denial;
  }

  private Denial open(int relation, long id) {
    Denial denial = at(relation, id);
    return denial == null || denial.ofCall ? null : denial;
  }

  private Denial at(int relation, long id) {
    return id == 0 ? null : told.get(Hash64.of(id, relation));
  }

  private void put(int relation, long id, Denial denial) {
    if (id != 0) {
      told.put(Hash64.of(id, relation), denial);
    }
  }
}
