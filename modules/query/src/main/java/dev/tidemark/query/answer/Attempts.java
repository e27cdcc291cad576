package dev.tidemark.query.answer;

import dev.tidemark.records.AgentSpan;
import java.util.Collection;
import java.util.Map;

/** Which spans are attempts of one operation. */
final class Attempts {
  private Attempts() {}

  /** Attempt {@code k} of {@code n} of one operation. */
  record Attempt(int k, int n, String origin) {}

  static Map<String, Attempt> of(Collection<AgentSpan> spans) {
    return Map.of();
  }
}
