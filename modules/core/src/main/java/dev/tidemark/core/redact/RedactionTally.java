package dev.tidemark.core.redact;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what many records were cleaned of, for a meter. Thread-safe. */
public final class RedactionTally {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Adds what was redacted in one record or many. */
  public void add(RedactionReport report) {
    report
        .counts()
        .forEach((rule, more) -> counts.computeIfAbsent(rule, r -> new LongAdder()).add(more));
  }

  /** Finds of one rule so far; {@link RedactionReport#RULE_ERROR} names texts dropped. */
  public long of(String rule) {
    LongAdder count = counts.get(rule);
    return count == null ? 0 : count.sum();
  }

  /** Everything so far. */
  public RedactionReport report() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((rule, count) -> all.put(rule, count.sum()));
    return new RedactionReport(all);
  }
}
