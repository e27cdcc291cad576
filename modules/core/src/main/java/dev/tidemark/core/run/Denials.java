package dev.tidemark.core.run;

import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** One refusal told twice: by the guardrail that said no, and by the call that was not made. */
final class Denials {
  private Denials() {}

  /**
   * The spans that only repeat a denial: of a guardrail and the call it denied, which are parent
   * and child or tell the same call id, the call, when it does not say by which rule, else the
   * guardrail.
   */
  static Set<SpanFact> retold(RunState run) {
    Map<Long, SpanFact> denied = new HashMap<>();
    for (SpanFact fact : run.spans()) {
      if (fact.attempt() && fact.isTool() && fact.denied()) {
        denied.putIfAbsent(fact.id, fact);
        if (fact.parentId != 0) {
          denied.putIfAbsent(fact.parentId, fact);
        }
        if (fact.callId != 0) {
          denied.putIfAbsent(fact.callId, fact);
        }
      }
    }
    if (denied.isEmpty()) {
      return Set.of();
    }
    Set<SpanFact> retold = Collections.newSetFromMap(new IdentityHashMap<>());
    for (SpanFact fact : run.spans()) {
      if (fact.kind == SpanKind.GUARDRAIL && denies(fact)) {
        SpanFact call = denied.get(fact.id);
        call = call == null && fact.parentId != 0 ? denied.get(fact.parentId) : call;
        call = call == null && fact.callId != 0 ? denied.get(fact.callId) : call;
        if (call != null) {
          boolean guardKnows = call.enforcement.rule() == null && fact.enforcement.rule() != null;
          retold.add(guardKnows ? call : fact);
        }
      }
    }
    return retold;
  }

  private static boolean denies(SpanFact guard) {
    return guard.denied() || guard.enforcement.verdict() == Verdict.DENY;
  }
}
