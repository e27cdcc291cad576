package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.Shows;
import java.util.HashMap;
import java.util.Map;

/**
 * Windows that are over and in which a run shows something else than before: what it shows now
 * replaces what it showed. Computed from the run, so it does not matter how often it is said.
 */
final class Replacements {
  private record Place(Series series, long windowMs) {}

  private final RunState run;
  private final long causeMs;
  private final Windows windows;
  private final int of;
  private final Map<Place, SeriesNode> places = new HashMap<>(0);

  /**
   * @param of bits of {@link Shows} that are told: what attempts show does not wait for the
   *     verdict, nor the verdict for them
   */
  Replacements(RunState run, int of, long causeMs, Windows windows) {
    this.run = run;
    this.of = of;
    this.causeMs = causeMs;
    this.windows = windows;
  }

  /** Something changed about an attempt. */
  void touch(SpanFact fact) {
    long window = windows.windowOf(fact.endMs);
    touch(fact.subject, window);
    if (fact.isTool()) {
      touch(fact.scope.agent(), window);
      touch(fact.scope.fleet(), window);
    }
    if (fact.enforcement.policy() != null) {
      touch(fact.enforcement.policy(), window);
    }
  }

  /** Something changed in a window of a series. */
  void touch(SeriesNode node, long windowMs) {
    places.put(new Place(node.series(), windowMs), node);
  }

  /** Says what the run shows in every place that changed. */
  void send() {
    places.forEach(
        (place, node) ->
            windows
                .at(node, place.windowMs(), causeMs)
                .replaceExemplar(
                    run.traceHigh(), run.traceLow(), shows(node, place.windowMs()) & of, of));
  }

  private int shows(SeriesNode node, long windowMs) {
    int shows = 0;
    for (SpanFact fact : run.spans()) {
      if (fact.attempt() && windows.windowOf(fact.endMs) == windowMs) {
        shows |= in(node, fact) ? Links.shows(fact, fact.links) : 0;
        boolean policy = node.same(fact.enforcement.policy());
        shows |= policy ? AttemptCounts.ofPolicy(fact).bit() : 0;
      }
    }
    RunVerdict verdict = run.progress().verdict;
    if (verdict != null && windows.windowOf(verdict.endMs()) == windowMs) {
      boolean here = node.same(verdict.scope().agent()) || node.same(verdict.scope().fleet());
      shows |= here ? verdict.shows() : 0;
    }
    return shows;
  }

  private static boolean in(SeriesNode node, SpanFact fact) {
    return node.same(fact.subject)
        || (fact.isTool() && (node.same(fact.scope.agent()) || node.same(fact.scope.fleet())));
  }
}
