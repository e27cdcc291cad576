package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Verdict;

/**
 * What policies and people said of a span.
 *
 * @param policy series of the rule that decided, or null
 * @param rule its name, or null
 * @param version what stands for the version of its policy, or null
 * @param verdict what it said, or null
 * @param decision what the human decided, or null
 * @param requestedMs when a human was asked, milliseconds since the epoch; negative when unknown
 * @param decidedMs when the human decided; negative when unknown
 * @param decisionId hash of the id that joins the decision to its request; 0 when there is none
 */
public record Enforcement(
    SeriesNode policy,
    String rule,
    Series version,
    Verdict verdict,
    HumanDecision decision,
    long requestedMs,
    long decidedMs,
    long decisionId) {
  /** Nothing was said. */
  public static final Enforcement NONE = new Enforcement(null, null, null, null, null, -1, -1, 0);

  /** The same by another rule. */
  Enforcement by(SeriesNode otherPolicy, String otherRule) {
    return new Enforcement(
        otherPolicy, otherRule, version, verdict, decision, requestedMs, decidedMs, decisionId);
  }

  /** Whether it says anything of a human. */
  boolean byHuman() {
    return decision != null || requestedMs >= 0 || decidedMs >= 0;
  }

  /** Time from request to decision, milliseconds; negative when unknown. */
  long waitMs() {
    return requestedMs < 0 || decidedMs < 0 ? -1 : Math.max(0, decidedMs - requestedMs);
  }
}
