package dev.tidemark.core.redact;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much was redacted, by the name of the rule that found it; never what it was. Immutable; adds
 * up.
 *
 * @param counts finds by rule, in the order of names; rules without a find are absent
 */
public record RedactionReport(Map<String, Long> counts) {
  /** Nothing was redacted. */
  public static final RedactionReport NONE = new RedactionReport(Map.of());

  /** The name under which texts are counted that were dropped because a rule broke on them. */
  public static final String RULE_ERROR = "rule_error";

  public RedactionReport {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** One find of one rule. */
  static RedactionReport of(String rule) {
    return new RedactionReport(Map.of(rule, 1L));
  }

  /** Both together. */
  public RedactionReport plus(RedactionReport other) {
    if (other.counts.isEmpty()) {
      return this;
    }
    if (counts.isEmpty()) {
      return other;
    }
    var sum = new TreeMap<>(counts);
    other.counts.forEach((rule, count) -> sum.merge(rule, count, Long::sum));
    return new RedactionReport(sum);
  }

  /** Finds of all rules, dropped texts included. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Texts that were dropped because a rule broke on them: should be 0, and be looked at if not. */
  public long failed() {
    return counts.getOrDefault(RULE_ERROR, 0L);
  }
}
