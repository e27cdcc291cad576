package dev.tidemark.core.human;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/** Which request each decision answers: the last one before it, in the order of the facts. */
public final class Waits {
  private Waits() {}

  /**
   * Decisions and the requests they answer. A decision without a request is left out, and so is one
   * that comes later than {@code longestMs} after the last request. A request can be answered more
   * than once.
   *
   * @param facts all facts of one key
   */
  public static Map<HumanFact, HumanFact> of(SortedSet<HumanFact> facts, long longestMs) {
    Map<HumanFact, HumanFact> waits = new HashMap<>();
    HumanFact request = null;
    for (HumanFact fact : facts) {
      if (!fact.decision()) {
        request = fact;
      } else if (request != null && fact.atMs() - request.atMs() <= longestMs) {
        waits.put(fact, request);
      }
    }
    return waits;
  }
}
